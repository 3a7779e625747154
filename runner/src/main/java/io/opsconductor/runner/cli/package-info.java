/**
 * The runner's commands for people: they read the files and journals that the runner uses, print what they find, and
 * answer with an exit code. They must never change a file that they check, or run a tool.
 */
@NullMarked
package io.opsconductor.runner.cli;

import org.jspecify.annotations.NullMarked;
