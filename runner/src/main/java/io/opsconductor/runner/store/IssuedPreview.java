package io.opsconductor.runner.store;

import io.opsconductor.plan.Preview;
import io.opsconductor.plan.PreviewRequest;

/**
 * A preview that this runner made and showed.
 *
 * @param digest the preview's digest
 * @param request what was asked for, so that it can be rendered again
 * @param preview what was shown
 */
public record IssuedPreview(String digest, PreviewRequest request, Preview preview) {}
