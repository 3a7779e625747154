/**
 * Which conversation is which thread in Slack.
 */
@NullMarked
package io.opsconductor.chat.slack.thread;

import org.jspecify.annotations.NullMarked;
