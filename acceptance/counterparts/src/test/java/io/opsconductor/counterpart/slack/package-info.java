/** What the counterpart promises of Slack: its limits, its signatures, its deliveries, checked by other clients too. */
@NullMarked
package io.opsconductor.counterpart.slack;

import org.jspecify.annotations.NullMarked;
