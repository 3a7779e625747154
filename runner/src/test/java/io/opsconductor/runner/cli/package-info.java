@NullMarked
package io.opsconductor.runner.cli;

import org.jspecify.annotations.NullMarked;
