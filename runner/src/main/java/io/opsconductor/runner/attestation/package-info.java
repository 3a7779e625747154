/**
 * Whether a signed decision counts for a preview: attestations enter, votes or refusals leave. It must never believe a
 * word of an attestation before its signature, nor count a person twice.
 */
@NullMarked
package io.opsconductor.runner.attestation;

import org.jspecify.annotations.NullMarked;
