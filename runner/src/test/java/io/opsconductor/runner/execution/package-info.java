@NullMarked
package io.opsconductor.runner.execution;

import org.jspecify.annotations.NullMarked;
