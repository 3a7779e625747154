/**
 * Plays Slack for tests and benches: it speaks Slack's protocols over real sockets, enforces Slack's limits, and lets a
 * test act as the people of a workspace. Web API calls of an app enter, signed deliveries and Socket Mode envelopes
 * leave, and a test looks at what people would see. It must never be gentler than Slack: what Slack would refuse is
 * refused here, with Slack's own error.
 */
@NullMarked
package io.opsconductor.counterpart.slack;

import org.jspecify.annotations.NullMarked;
