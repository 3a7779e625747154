@NullMarked
package io.opsconductor.runner.signal;

import org.jspecify.annotations.NullMarked;
