/**
 * Who somebody is. A Slack user's id enters, what Slack says about that user leaves; it must never give a stranger, guest or bot a voice that the settings do not give.
 */
@NullMarked
package io.opsconductor.chat.slack.people;

import org.jspecify.annotations.NullMarked;
