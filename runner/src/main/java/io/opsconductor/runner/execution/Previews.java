package io.opsconductor.runner.execution;

import io.opsconductor.plan.Preview;
import io.opsconductor.plan.PreviewAnswer;
import io.opsconductor.plan.PreviewRequest;
import io.opsconductor.plan.Tenant;
import io.opsconductor.plan.Visible;
import io.opsconductor.runner.audit.Audit;
import io.opsconductor.runner.audit.Refusal;
import io.opsconductor.runner.preview.PreviewResult;
import io.opsconductor.runner.store.IssuedPreview;
import io.opsconductor.runner.store.PreviewStore;
import io.opsconductor.runner.tenant.Estate;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;

/** Issues previews, and knows again those that it has issued. */
public final class Previews {
    private static final int NONCE_BYTES = 16;

    private final SecureRandom random = new SecureRandom();
    private final PreviewStore store;
    private final Executions executions;
    private final Audit audit;
    private final InstantSource clock;

    public Previews(PreviewStore store, Executions executions, Audit audit, InstantSource clock) {
        this.store = store;
        this.executions = executions;
        this.audit = audit;
        this.clock = clock;
    }

    /** What came of a request for a preview. */
    public sealed interface Issue {
        /** It was rendered, recorded and kept. */
        record Issued(PreviewAnswer answer) implements Issue {}

        /** The plan cannot run as it is. */
        record Refused(Refusal refusal) implements Issue {}
    }

    /**
     * Renders a plan under a new nonce, and keeps what was rendered.
     *
     * @param estate of the tenant that the request is for
     */
    public Issue issue(Estate estate, PreviewRequest request) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        PreviewResult result = estate.previewer().preview(request, nonce(), now, now);
        return switch (result) {
            case PreviewResult.Refused(int status, var problem) -> new Issue.Refused(new Refusal(status, problem));
            case PreviewResult.Previewed(Preview preview, var steps) -> {
                String digest = preview.digest();
                audit.previewIssued(
                        new Audit.Subject(preview.tenant(), request.conversation(), "", digest),
                        preview.requester(),
                        preview.policyVersion(),
                        preview.blastRadius().targets());
                store.keep(new IssuedPreview(digest, request, preview));
                yield new Issue.Issued(new PreviewAnswer(digest, preview));
            }
        };
    }

    IssuedPreview issued(Tenant tenant, String digest) {
        return store.find(tenant, digest)
                .orElseThrow(() -> refused(
                        409,
                        "unknown_preview",
                        "this runner has issued no preview with the digest "
                                + Visible.escape(digest.length() <= 80 ? digest : digest.substring(0, 80) + "..."),
                        "preview the plan again and have the new preview approved"));
    }

    void unused(Tenant tenant, IssuedPreview issued) {
        executions.idByDigest(tenant, issued.digest()).ifPresent(used -> {
            throw used(used);
        });
    }

    static RefusedException used(String execution) {
        return refused(
                409,
                "already_executed",
                "this approved plan was executed already, as " + execution,
                "preview the plan again and have the new preview approved to run it once more");
    }

    void notExpired(IssuedPreview issued) {
        if (!clock.instant().isBefore(issued.preview().expiresAt())) {
            throw refused(
                    410,
                    "expired",
                    "the preview expired at " + issued.preview().expiresAt() + " by this runner's clock",
                    "preview the plan again and have the new preview approved");
        }
    }

    private String nonce() {
        byte[] bytes = new byte[NONCE_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static RefusedException refused(int status, String code, String message, String hint) {
        return new RefusedException(Refusal.of(status, code, message, hint));
    }
}
