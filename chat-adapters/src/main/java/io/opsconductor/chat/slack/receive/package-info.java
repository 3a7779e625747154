/**
 * What Slack sends, over HTTP or Socket Mode. Signed requests and envelopes enter, stored arrivals leave; it must never acknowledge what is not stored, and never work before it acknowledged.
 */
@NullMarked
package io.opsconductor.chat.slack.receive;

import org.jspecify.annotations.NullMarked;
