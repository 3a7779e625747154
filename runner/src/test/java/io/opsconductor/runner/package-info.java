@NullMarked
package io.opsconductor.runner;

import org.jspecify.annotations.NullMarked;
