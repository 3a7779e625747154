@NullMarked
package io.opsconductor.acceptance.launcher;

import org.jspecify.annotations.NullMarked;
