@NullMarked
package io.opsconductor.runner.keys;

import org.jspecify.annotations.NullMarked;
