/** Tests of the orders in which actors are made to act. */
@NullMarked
package io.opsconductor.counterpart.order;

import org.jspecify.annotations.NullMarked;
