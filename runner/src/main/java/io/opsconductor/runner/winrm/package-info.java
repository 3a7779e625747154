/**
 * Speaks WS-Management's shell protocol to Windows: connections, logins, and one shell with one command. It knows nothing
 * of tools, targets or policy; the step package decides what is run and says what came of it. Every answer is bounded in
 * size and parsed as hostile input.
 */
@NullMarked
package io.opsconductor.runner.winrm;

import org.jspecify.annotations.NullMarked;
