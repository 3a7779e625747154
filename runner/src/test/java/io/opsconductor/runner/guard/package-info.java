@NullMarked
package io.opsconductor.runner.guard;

import org.jspecify.annotations.NullMarked;
