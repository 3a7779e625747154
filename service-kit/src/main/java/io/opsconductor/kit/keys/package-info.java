/**
 * Keys and certificates from PEM files: signing, verifying, mutual TLS. It must never log or hand out a private key's
 * bytes.
 */
@NullMarked
package io.opsconductor.kit.keys;

import org.jspecify.annotations.NullMarked;
