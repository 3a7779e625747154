/** The Slack adapter against a Slack of our own: people act there, and look at what they see. */
@NullMarked
package io.opsconductor.chat.slack;

import org.jspecify.annotations.NullMarked;
