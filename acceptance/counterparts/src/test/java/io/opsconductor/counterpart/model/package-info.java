/** The official clients of model servers call the counterparts. */
@NullMarked
package io.opsconductor.counterpart.model;

import org.jspecify.annotations.NullMarked;
