/** The counterpart that plays Teams is what Microsoft's own library takes it for. */
@NullMarked
package io.opsconductor.counterpart.teams;

import org.jspecify.annotations.NullMarked;
