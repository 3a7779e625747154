@NullMarked
package io.opsconductor.runner.instance;

import org.jspecify.annotations.NullMarked;
