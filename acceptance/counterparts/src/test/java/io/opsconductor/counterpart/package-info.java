/** What the tests of all counterparts share: running the official clients of what they play. */
@NullMarked
package io.opsconductor.counterpart;

import org.jspecify.annotations.NullMarked;
