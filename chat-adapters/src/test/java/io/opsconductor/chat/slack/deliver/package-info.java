/** Delivery against a Slack that keeps its limits. */
@NullMarked
package io.opsconductor.chat.slack.deliver;

import org.jspecify.annotations.NullMarked;
