/**
 * YAML files that people write: untrusted bytes enter; a JSON tree with the place of every key and value leaves, and
 * every mistake with file, line and column. It must never build objects by tag, follow an alias, or work without bounds.
 */
@NullMarked
package io.opsconductor.yaml;

import org.jspecify.annotations.NullMarked;
