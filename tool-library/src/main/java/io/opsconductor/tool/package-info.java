/**
 * Tools as they are described: YAML files enter, typed definitions and catalogue entries leave, every mistake with file,
 * line and column. Nothing that parses a tool can run one: no process, socket or client may appear here.
 */
@NullMarked
package io.opsconductor.tool;

import org.jspecify.annotations.NullMarked;
