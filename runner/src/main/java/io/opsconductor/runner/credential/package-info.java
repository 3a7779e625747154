/**
 * Credentials by reference: a name that the inventory uses enters, the secret's bytes leave at the moment of use and are known
 * to the masker before anybody else sees them. A secret must never appear in a log, an error, a digest or a toString.
 */
@NullMarked
package io.opsconductor.runner.credential;

import org.jspecify.annotations.NullMarked;
