/**
 * The databases in which the processes can keep their stores, as tests have them. A test asks for a place and gets the settings
 * of a process that uses it, empty and its own. Servers are real ones, started once for the whole Java process.
 */
@NullMarked
package io.opsconductor.counterpart.store;

import org.jspecify.annotations.NullMarked;
