/** The calls against a Slack that fails in every way. */
@NullMarked
package io.opsconductor.chat.slack.call;

import org.jspecify.annotations.NullMarked;
