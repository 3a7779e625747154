/** Tests of approval requests: every order in which people, processes and clocks can meet. */
@NullMarked
package io.opsconductor.brain.approval;

import org.jspecify.annotations.NullMarked;
