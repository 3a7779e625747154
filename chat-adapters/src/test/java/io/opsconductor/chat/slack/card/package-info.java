/** Tests of how things look in Slack. */
@NullMarked
package io.opsconductor.chat.slack.card;

import org.jspecify.annotations.NullMarked;
