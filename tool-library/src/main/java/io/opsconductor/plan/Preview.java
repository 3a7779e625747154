package io.opsconductor.plan;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.opsconductor.json.Digest;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything an approver decides about, as the runner rendered it. Its digest covers every field: whoever holds a
 * preview can recompute {@link #digest()} and see that the card shows what will run.
 *
 * @param version the form of this record; 2
 * @param tenant the tenant
 * @param requester platform-qualified identity of who asked, such as {@code web:alice}
 * @param requesterName the person that the policy knows by this identity
 * @param nonce random, made by the runner, used once
 * @param issuedAt when it was rendered, by the runner's clock
 * @param expiresAt when an approval of it stops counting, by the runner's clock
 * @param policyVersion digest of the policy file that judged it
 * @param effect the greatest effect of its steps
 * @param steps the steps, in order
 * @param blastRadius what it touches, in numbers
 * @param approval what the policy asks for before it may run
 * @param deadlineSeconds how long the whole execution may take; 0 for no limit
 * @param breakGlass why the requester does without the approvals of others; empty when they do not
 */
public record Preview(
        int version,
        String tenant,
        String requester,
        String requesterName,
        String nonce,
        Instant issuedAt,
        Instant expiresAt,
        String policyVersion,
        Effect effect,
        List<RenderedStep> steps,
        BlastRadius blastRadius,
        ApprovalRule approval,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) int deadlineSeconds,

        @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = AsUsual.class)
        String breakGlass) {

    public Preview {
        steps = List.copyOf(steps);
    }

    /** A preview of a plan without a deadline, to be approved as usual. */
    public Preview(
            int version,
            String tenant,
            String requester,
            String requesterName,
            String nonce,
            Instant issuedAt,
            Instant expiresAt,
            String policyVersion,
            Effect effect,
            List<RenderedStep> steps,
            BlastRadius blastRadius,
            ApprovalRule approval) {
        this(
                version,
                tenant,
                requester,
                requesterName,
                nonce,
                issuedAt,
                expiresAt,
                policyVersion,
                effect,
                steps,
                blastRadius,
                approval,
                0,
                "");
    }

    @JsonCreator
    static Preview read(
            @JsonProperty("version") int version,
            @JsonProperty("tenant") String tenant,
            @JsonProperty("requester") String requester,
            @JsonProperty("requester_name") String requesterName,
            @JsonProperty("nonce") String nonce,
            @JsonProperty("issued_at") Instant issuedAt,
            @JsonProperty("expires_at") Instant expiresAt,
            @JsonProperty("policy_version") String policyVersion,
            @JsonProperty("effect") Effect effect,
            @JsonProperty("steps") List<RenderedStep> steps,
            @JsonProperty("blast_radius") BlastRadius blastRadius,
            @JsonProperty("approval") ApprovalRule approval,
            @JsonProperty("deadline_seconds") @Nullable Integer deadlineSeconds,
            @JsonProperty("break_glass") @Nullable String breakGlass) {
        return new Preview(
                version,
                tenant,
                requester,
                requesterName,
                nonce,
                issuedAt,
                expiresAt,
                policyVersion,
                effect,
                steps,
                blastRadius,
                approval,
                Bounds.orZero(deadlineSeconds),
                breakGlass == null ? "" : breakGlass);
    }

    /** SHA-256 over the canonical bytes of this record. */
    public String digest() {
        return Digest.ofCanonical(this);
    }

    /**
     * A step as it would run.
     *
     * @param tool the tool's name
     * @param toolDigest digest of the tool file's bytes
     * @param effect the tool's effect
     * @param idempotent whether running it twice equals running it once
     * @param method the execution method's name, such as {@code ssh}
     * @param timeoutSeconds limit of each target's run
     * @param parameters the values after defaults were applied
     * @param targets one entry per target; a single one named {@code runner} for a local command
     * @param options after what, how fast, and what of failures
     * @param checkable whether the tool has a check, which can be run as a plan of its own before this one is decided
     */
    public record RenderedStep(
            String tool,
            String toolDigest,
            Effect effect,
            boolean idempotent,
            String method,
            int timeoutSeconds,
            Map<String, Object> parameters,
            List<RenderedTarget> targets,

            @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = AsUsual.class)
            StepOptions options,

            @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean checkable) {
        public RenderedStep {
            parameters = Map.copyOf(parameters);
            targets = List.copyOf(targets);
        }

        /** A step of a tool without a check, run as usual. */
        public RenderedStep(
                String tool,
                String toolDigest,
                Effect effect,
                boolean idempotent,
                String method,
                int timeoutSeconds,
                Map<String, Object> parameters,
                List<RenderedTarget> targets) {
            this(
                    tool,
                    toolDigest,
                    effect,
                    idempotent,
                    method,
                    timeoutSeconds,
                    parameters,
                    targets,
                    StepOptions.USUAL,
                    false);
        }

        @JsonCreator
        static RenderedStep read(
                @JsonProperty("tool") String tool,
                @JsonProperty("tool_digest") String toolDigest,
                @JsonProperty("effect") Effect effect,
                @JsonProperty("idempotent") boolean idempotent,
                @JsonProperty("method") String method,
                @JsonProperty("timeout_seconds") int timeoutSeconds,
                @JsonProperty("parameters") Map<String, Object> parameters,
                @JsonProperty("targets") List<RenderedTarget> targets,
                @JsonProperty("options") @Nullable StepOptions options,
                @JsonProperty("checkable") @Nullable Boolean checkable) {
            return new RenderedStep(
                    tool,
                    toolDigest,
                    effect,
                    idempotent,
                    method,
                    timeoutSeconds,
                    parameters,
                    targets,
                    options == null ? StepOptions.USUAL : options,
                    Boolean.TRUE.equals(checkable));
        }
    }

    /**
     * One target of a step.
     *
     * @param target inventory name, or {@code runner}
     * @param environment as in the inventory, or empty
     * @param account the account on the target that runs it, or empty
     * @param credential name of the credential reference, never a secret, or empty
     * @param binding digest of everything the runner resolved to reach the target (address, port, account, credential
     *     reference with where its secrets are kept, pinned host keys), with the nonce, so that a changed inventory changes the digest while the
     *     addresses stay with the runner
     * @param command what runs
     * @param display {@code command} as text for people: whole, with non-printing and direction-control characters as
     *     visible escapes
     */
    public record RenderedTarget(
            String target,
            String environment,
            String account,
            String credential,
            String binding,
            RenderedCommand command,
            String display) {}

    /**
     * What a plan touches.
     *
     * @param targets how many different targets
     * @param environments how many of them by environment; the empty name for none
     */
    public record BlastRadius(int targets, Map<String, Integer> environments) {
        public BlastRadius {
            environments = Map.copyOf(environments);
        }
    }

    /**
     * What the policy requires. In JSON it also says {@code approvals} and {@code approvers}, which follow from the demands.
     *
     * @param kind who counts as an approver
     * @param demands each of which must be met; one approval may help to meet several. None for {@link ApprovalKind#NONE}
     * @param identities under the names of those who have any, their platform-qualified identities on chat platforms, so
     *     that a card can call them; those of the local chat, which calls nobody, are left out
     * @param reason the rules in words, for the card
     * @param breakGlass whether the requester may do without these approvals in an emergency, by saying why
     * @param stoppers names of the people who may deny or cancel it besides the requester and the approvers, sorted: those whose
     *     approval the requester does without
     */
    public record ApprovalRule(
            ApprovalKind kind,
            List<Demand> demands,
            Map<String, List<String>> identities,
            String reason,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean breakGlass,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> stoppers) {
        public ApprovalRule {
            demands = List.copyOf(demands);
            identities = copy(identities);
            stoppers = List.copyOf(stoppers);
        }

        /** As the rules ask for it, with every approval. */
        public ApprovalRule(
                ApprovalKind kind,
                List<Demand> demands,
                Map<String, List<String>> identities,
                String reason,
                boolean breakGlass) {
            this(kind, demands, identities, reason, breakGlass, List.of());
        }

        /**
         * One demand, for the whole plan, of people who are no group.
         *
         * @param approvals how many distinct people
         * @param approvers names of the people who may approve, sorted
         */
        public ApprovalRule(
                ApprovalKind kind,
                int approvals,
                List<String> approvers,
                Map<String, List<String>> identities,
                String reason) {
            this(kind, demand(approvals, approvers), identities, reason, false);
        }

        /** What was stored before there were demands says {@code approvals} and {@code approvers} alone, or no identities. */
        @JsonCreator
        static ApprovalRule read(
                @JsonProperty("kind") ApprovalKind kind,
                @JsonProperty("demands") @Nullable List<Demand> demands,
                @JsonProperty("approvals") @Nullable Integer approvals,
                @JsonProperty("approvers") @Nullable List<String> approvers,
                @JsonProperty("identities") @Nullable Map<String, List<String>> identities,
                @JsonProperty("reason") String reason,
                @JsonProperty("break_glass") @Nullable Boolean breakGlass,
                @JsonProperty("stoppers") @Nullable List<String> stoppers) {
            return new ApprovalRule(
                    kind,
                    demands != null
                            ? demands
                            : demand(Bounds.orZero(approvals), approvers == null ? List.of() : approvers),
                    identities == null ? Map.of() : identities,
                    reason,
                    Boolean.TRUE.equals(breakGlass),
                    stoppers == null ? List.of() : stoppers);
        }

        /** Who may do without these approvals, alone, and may be stopped by those who would have given them. */
        public ApprovalRule without(List<String> alone, Map<String, List<String>> identitiesOfThem, String because) {
            return new ApprovalRule(
                    ApprovalKind.REQUESTER,
                    demand(1, alone),
                    identitiesOfThem,
                    because,
                    false,
                    approvers().stream().filter(name -> !alone.contains(name)).toList());
        }

        private static List<Demand> demand(int approvals, List<String> approvers) {
            return approvals == 0
                    ? List.of()
                    : List.of(new Demand(List.of(new Quota(approvals, "", approvers)), List.of()));
        }

        /** How many distinct people at least: as many as the greatest demand; 0 for {@link ApprovalKind#NONE}. */
        @JsonProperty
        public int approvals() {
            return demands.stream().mapToInt(Demand::people).max().orElse(0);
        }

        /** Names of everybody whose approval helps to meet a demand, sorted; they are the policy's names, not identities. */
        @JsonProperty
        public List<String> approvers() {
            return demands.stream()
                    .flatMap(demand -> demand.of().stream())
                    .flatMap(quota -> quota.approvers().stream())
                    .distinct()
                    .sorted()
                    .toList();
        }

        private static Map<String, List<String>> copy(Map<String, List<String>> identities) {
            Map<String, List<String>> copy = new LinkedHashMap<>();
            identities.forEach((name, own) -> copy.put(name, List.copyOf(own)));
            return Collections.unmodifiableMap(copy);
        }
    }

    /**
     * People who must approve. Within one demand nobody counts for two quotas.
     *
     * @param of how many of whom, at least one quota
     * @param steps numbers of the steps that demand it, from 1, in order; none when every step does
     */
    public record Demand(List<Quota> of, List<Integer> steps) {
        public Demand {
            of = List.copyOf(of);
            steps = List.copyOf(steps);
        }

        /** How many distinct people it needs. */
        public int people() {
            return of.stream().mapToInt(Quota::people).sum();
        }
    }

    /**
     * So many distinct people of some.
     *
     * @param people how many, at least 1
     * @param group the policy's name for them; empty for those whom a rule names
     * @param approvers their names, sorted, without those who do not count for this plan
     */
    public record Quota(int people, String group, List<String> approvers) {
        public Quota {
            approvers = List.copyOf(approvers);
        }
    }

    /** Who counts as an approver. */
    public enum ApprovalKind {
        @JsonProperty("none")
        NONE,
        @JsonProperty("requester")
        REQUESTER,
        @JsonProperty("someone_else")
        SOMEONE_ELSE
    }
}
