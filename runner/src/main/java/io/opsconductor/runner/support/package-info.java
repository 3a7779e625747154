/**
 * Puts together what somebody who helps needs to know of an installation: one archive. A home, an environment and the
 * processes that answer on this machine go in; text without secrets comes out, for a person to look through before it is
 * sent. It changes nothing, sends nothing, and takes neither what people wrote nor what tools printed.
 */
@NullMarked
package io.opsconductor.runner.support;

import org.jspecify.annotations.NullMarked;
