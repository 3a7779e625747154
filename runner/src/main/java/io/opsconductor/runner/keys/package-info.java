/**
 * The certificates and keys a local start needs, so that mutual TLS and signed approvals are real from the
 * first minute. A home directory and a clock enter; PEM files under {@code tls/} and {@code keys/} leave, made
 * once and kept. It must never overwrite a private key, and never touch a certificate that somebody else's
 * authority issued.
 */
@NullMarked
package io.opsconductor.runner.keys;

import org.jspecify.annotations.NullMarked;
