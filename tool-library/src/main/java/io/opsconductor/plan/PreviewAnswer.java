package io.opsconductor.plan;

/**
 * Answer of {@code POST /plans/preview}: 200.
 *
 * @param digest {@code preview.digest()}, for callers that do not recompute it
 * @param preview what would run
 */
public record PreviewAnswer(String digest, Preview preview) {}
