/**
 * Node and npm as tests and benches use them. Packages come from npm in the versions of a lock file, without running scripts of
 * theirs. They are kept in a directory of the build and fetched again only when the lock file changes.
 */
@NullMarked
package io.opsconductor.counterpart.node;

import org.jspecify.annotations.NullMarked;
