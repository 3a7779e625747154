/**
 * Brings about every order in which the steps of several actors can come, against real classes. Actors enter, which pause wherever another one
 * may act; one run after the other leaves, until all orders were tried. It must never leave an order out for another reason than that
 * whatever follows was tried from the very same state.
 */
@NullMarked
package io.opsconductor.counterpart.order;

import org.jspecify.annotations.NullMarked;
