@NullMarked
package io.opsconductor.acceptance.demo;

import org.jspecify.annotations.NullMarked;
