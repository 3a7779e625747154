/**
 * What an arrival means. Stored arrivals enter, messages and acts leave for the brain; it must never act for somebody whom Slack does not vouch for.
 */
@NullMarked
package io.opsconductor.chat.slack.handle;

import org.jspecify.annotations.NullMarked;
