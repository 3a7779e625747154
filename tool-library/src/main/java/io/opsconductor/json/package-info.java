/**
 * JSON as both processes speak it: one mapper, strict about what it reads, and one canonical form for
 * whatever is hashed or signed. Text and records enter, records and bytes leave. It must never guess: an
 * unknown field, a duplicate key or a number in place of text is an error that names the place.
 */
@NullMarked
package io.opsconductor.json;

import org.jspecify.annotations.NullMarked;
