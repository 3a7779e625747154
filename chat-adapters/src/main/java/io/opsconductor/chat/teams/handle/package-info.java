/**
 * What an activity of Teams means. Stored arrivals enter, messages and acts leave for the brain, and answers for those who pressed; it must never act for somebody whom Teams does not vouch for, nor on a plan of another conversation.
 */
@NullMarked
package io.opsconductor.chat.teams.handle;

import org.jspecify.annotations.NullMarked;
