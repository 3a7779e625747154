/**
 * The runner's YAML files: bytes enter, values with their place in the file leave, every mistake at once with file, line
 * and column. A file that turns bad while the runner works is reported and the last good version stays in force. Nothing
 * here may guess what a mistaken file meant, follow an alias, or repeat a value that could be a secret.
 */
@NullMarked
package io.opsconductor.runner.file;

import org.jspecify.annotations.NullMarked;
