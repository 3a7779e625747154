/**
 * Slack as others play it: npm's {@code emulate}. Written by people who never saw this project, it shares no mistake with the
 * counterpart, but it covers less. What it does not cover is in {@link io.opsconductor.counterpart.emulator.SlackEmulator}.
 */
@NullMarked
package io.opsconductor.counterpart.emulator;

import org.jspecify.annotations.NullMarked;
