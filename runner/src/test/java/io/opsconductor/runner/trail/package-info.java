@NullMarked
package io.opsconductor.runner.trail;

import org.jspecify.annotations.NullMarked;
