package io.opsconductor.chat.slack.card;

import io.opsconductor.brain.conversation.ChatEvent.CardCommand;
import io.opsconductor.brain.conversation.ChatEvent.CardStep;
import io.opsconductor.brain.conversation.ChatEvent.PlanCard;
import io.opsconductor.brain.conversation.Choice;
import io.opsconductor.chat.deliver.Mentions;
import io.opsconductor.plan.DemandWords;
import io.opsconductor.plan.Effect;
import io.opsconductor.plan.PlanCode;
import io.opsconductor.plan.Preview.ApprovalKind;
import io.opsconductor.plan.Preview.ApprovalRule;
import io.opsconductor.plan.Preview.BlastRadius;
import io.opsconductor.plan.Preview.Demand;
import io.opsconductor.plan.Preview.Quota;
import io.opsconductor.plan.TargetResult;
import io.opsconductor.plan.TargetStatus;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Plans and results to be shown. */
final class Samples {
    static final Instant NOW = Instant.parse("2026-10-05T12:04:00Z");
    static final String DIGEST = "sha256:3f9a1c0de4b75a6688f10e2d9c3b4a5f6e7d8c9b0a1f2e3d4c5b6a7988776655";

    private Samples() {}

    /** Users of Slack by their id, everybody else by name. */
    static final Mentions MENTIONS = identity -> identity.startsWith("slack:T1/")
            ? "<@" + identity.substring("slack:T1/".length()) + ">"
            : Mrkdwn.escape(identity.substring(identity.indexOf(':') + 1));

    static CardCommand command(String target, String environment, String account, String command) {
        return new CardCommand(target, command, account, environment);
    }

    static CardStep step(String tool, Effect effect, CardCommand... commands) {
        return step(tool, effect, List.of(commands));
    }

    static CardStep step(String tool, Effect effect, List<CardCommand> commands) {
        return new CardStep(
                tool,
                effect,
                commands.stream().map(CardCommand::target).toList(),
                commands.getFirst().command(),
                commands,
                null);
    }

    static PlanCard plan(Effect effect, String summary, ApprovalRule rule, List<CardStep> steps) {
        Map<String, Integer> environments = new TreeMap<>();
        steps.stream()
                .flatMap(step -> step.commands().stream())
                .filter(command -> !command.target().equals("runner"))
                .map(command -> Map.entry(command.target(), command.environment()))
                .distinct()
                .forEach(entry -> environments.merge(entry.getValue(), 1, Integer::sum));
        int targets = environments.values().stream().mapToInt(n -> n).sum();
        return new PlanCard(
                "ap-7f3k2",
                DIGEST,
                effect,
                summary,
                "slack:T1/U024ALICE",
                "alice",
                steps,
                new BlastRadius(targets, environments),
                rule,
                NOW.plusSeconds(900),
                List.of("approve", "deny", "edit", "withdraw"),
                null,
                null,
                PlanCode.isAskedFor(effect) ? PlanCode.of(DIGEST) : null,
                DemandWords.sentences(rule, "alice"),
                null,
                List.of());
    }

    /** A plan that is run target by target, each verified by the tool's check. */
    static PlanCard rolling() {
        PlanCard plan = plan(
                Effect.CHANGE,
                "Restart service nginx on web-server-01 and web-server-02, one at a time, each verified",
                someoneElse(1, "bob"),
                List.of(
                        paced(
                                "systemctl restart nginx",
                                Effect.CHANGE,
                                "one target at a time, 10 s between, stops when one fails"),
                        paced("systemctl is-active nginx", Effect.READ, "verifies step 1 after each batch of it")));
        return new PlanCard(
                plan.approval(),
                plan.digest(),
                plan.effect(),
                plan.summary(),
                plan.requester(),
                plan.requesterName(),
                plan.steps(),
                plan.blastRadius(),
                plan.approvalRule(),
                plan.expiresAt(),
                List.of("approve", "deny", "dry_run", "edit", "withdraw"),
                null,
                "the whole plan within 10 min, then it is ended");
    }

    private static CardStep paced(String command, Effect effect, String how) {
        CardStep step = step(
                "restart_service",
                effect,
                command("web-server-01", "production", "ops", command),
                command("web-server-02", "production", "ops", command));
        return new CardStep(step.tool(), step.effect(), step.targets(), step.command(), step.commands(), how);
    }

    /** The same plan, understood as {@code note} says. */
    static PlanCard noted(PlanCard plan, String note) {
        return new PlanCard(
                plan.approval(),
                plan.digest(),
                plan.effect(),
                plan.summary(),
                plan.requester(),
                plan.requesterName(),
                plan.steps(),
                plan.blastRadius(),
                plan.approvalRule(),
                plan.expiresAt(),
                plan.actions(),
                note,
                plan.how());
    }

    static ApprovalRule someoneElse(int approvals, String... people) {
        return new ApprovalRule(
                ApprovalKind.SOMEONE_ELSE,
                approvals,
                List.of(people),
                Map.of(),
                "production: changes there need another person");
    }

    /** Many may approve, and Slack knows most of them. */
    static PlanCard called() {
        List<String> people = List.of("ann", "bob", "carol", "dave", "eve", "frank", "grace");
        Map<String, List<String>> identities = new TreeMap<>();
        people.stream()
                .filter(name -> !name.equals("carol"))
                .forEach(name -> identities.put(
                        name,
                        List.of(
                                "slack:T2/U024" + name.toUpperCase(Locale.ROOT),
                                "slack:T1/U024" + name.toUpperCase(Locale.ROOT))));
        identities.put("carol", List.of("slack:T2/U024CAROL"));
        return plan(
                Effect.CHANGE,
                "Restart service nginx on web-server-01",
                new ApprovalRule(
                        ApprovalKind.SOMEONE_ELSE,
                        1,
                        people,
                        identities,
                        "production: changes there need another person"),
                List.of(step(
                        "restart_service",
                        Effect.CHANGE,
                        command("web-server-01", "production", "deploy", "sudo systemctl restart 'nginx'"))));
    }

    /** Two steps that different people must approve, and whose requester may do without. */
    static PlanCard groups() {
        PlanCard plan = plan(
                Effect.CHANGE,
                "Restart service nginx on web-server-01, then reload the settings of db-01",
                new ApprovalRule(
                        ApprovalKind.SOMEONE_ELSE,
                        List.of(
                                new Demand(List.of(new Quota(1, "approvers", List.of("bob", "carol"))), List.of(1)),
                                new Demand(
                                        List.of(
                                                new Quota(2, "dbas", List.of("carol", "dora", "erin")),
                                                new Quota(1, "leads", List.of("carol", "frank"))),
                                        List.of(2))),
                        Map.of("bob", List.of("slack:T1/U024BOB")),
                        "\"changes need a colleague\": 1 person of approvers other than whoever asks must approve",
                        true),
                List.of(
                        step(
                                "restart_service",
                                Effect.CHANGE,
                                command("web-server-01", "production", "ops", "systemctl restart nginx")),
                        step(
                                "reload_settings",
                                Effect.CHANGE,
                                command("db-01", "production", "ops", "pg_ctl reload"))));
        return with(plan, List.of("approve", "deny", "break_glass", "withdraw"), null);
    }

    /** A plan that its requester runs alone. */
    static PlanCard broken() {
        PlanCard plan = plan(
                Effect.CHANGE,
                "Restart service nginx on web-server-01",
                new ApprovalRule(
                                ApprovalKind.SOMEONE_ELSE,
                                1,
                                List.of("bob", "carol"),
                                Map.of(),
                                "changes need a colleague")
                        .without(
                                List.of("alice"),
                                Map.of(),
                                "break glass: nobody else approves this, because alice says: the *shop* is down"),
                List.of(step(
                        "restart_service",
                        Effect.CHANGE,
                        command("web-server-01", "production", "ops", "systemctl restart nginx"))));
        return with(plan, List.of("approve", "deny", "withdraw"), "the *shop* is down");
    }

    private static PlanCard with(PlanCard plan, List<String> actions, @Nullable String breakGlass) {
        return new PlanCard(
                plan.approval(),
                plan.digest(),
                plan.effect(),
                plan.summary(),
                plan.requester(),
                plan.requesterName(),
                plan.steps(),
                plan.blastRadius(),
                plan.approvalRule(),
                plan.expiresAt(),
                actions,
                null,
                null,
                plan.code(),
                plan.needs(),
                breakGlass,
                List.of());
    }

    /** The same plan, whose request may have meant something else. */
    static PlanCard offering(PlanCard plan) {
        return new PlanCard(
                plan.approval(),
                plan.digest(),
                plan.effect(),
                plan.summary(),
                plan.requester(),
                plan.requesterName(),
                plan.steps(),
                plan.blastRadius(),
                plan.approvalRule(),
                plan.expiresAt(),
                plan.approvalRule().kind() == ApprovalKind.NONE ? List.of() : plan.actions(),
                plan.note(),
                plan.how(),
                plan.code(),
                plan.needs(),
                plan.breakGlass(),
                List.of(
                        new Choice("Inode usage", "tool: inode_usage on web-server-01"),
                        new Choice("Directory sizes", "tool: directory_sizes path=/var on web-server-01")));
    }

    static PlanCard read() {
        return plan(
                Effect.READ,
                "Check disk space on web-server-01",
                new ApprovalRule(ApprovalKind.NONE, 0, List.of(), Map.of(), "reading is allowed"),
                List.of(step(
                        "check_disk_space",
                        Effect.READ,
                        command("web-server-01", "production", "ops", "df -h --output=source,pcent,target"))));
    }

    static PlanCard change() {
        return plan(
                Effect.CHANGE,
                "Restart service nginx on web-server-01, web-server-02 and stage-web-01, then check service nginx on"
                        + " web-server-01, web-server-02 and stage-web-01",
                someoneElse(1, "bob", "carol"),
                List.of(
                        step(
                                "restart_service",
                                Effect.CHANGE,
                                command("web-server-01", "production", "deploy", "sudo systemctl restart 'nginx'"),
                                command("web-server-02", "production", "deploy", "sudo systemctl restart 'nginx'"),
                                command("stage-web-01", "staging", "root", "systemctl restart 'nginx'")),
                        step(
                                "service_status",
                                Effect.READ,
                                command("web-server-01", "production", "deploy", "systemctl status 'nginx' --no-pager"),
                                command("web-server-02", "production", "deploy", "systemctl status 'nginx' --no-pager"),
                                command("stage-web-01", "staging", "deploy", "systemctl status 'nginx' --no-pager"))));
    }

    static PlanCard destroy() {
        return plan(
                Effect.DESTROY,
                "Delete old releases below /srv/app/releases on db-server-01",
                someoneElse(2, "bob", "carol", "dave"),
                List.of(step(
                        "delete_old_releases",
                        Effect.DESTROY,
                        command(
                                "db-server-01",
                                "production",
                                "deploy",
                                "find '/srv/app/releases' -mindepth 1 -maxdepth 1 -mtime +'30' -print0 \\\n"
                                        + "  | xargs -0 --no-run-if-empty rm -rf --"))));
    }

    static PlanCard local() {
        return plan(
                Effect.READ,
                "Ping 192.0.2.7",
                new ApprovalRule(ApprovalKind.REQUESTER, 1, List.of("alice"), Map.of(), ""),
                List.of(step("ping", Effect.READ, command("runner", "", "", "ping -c 4 -- 192.0.2.7"))));
    }

    /** Everything that could become markup somewhere. */
    static PlanCard hostile() {
        String command =
                "echo '*bold* _it_ ~no~ ```' `id` <!channel> <@U024BOB> @here &amp; <https://evil.example|safe>"
                        + " :skull: \\u{202E}txt\n> quote\n- item\n\t$(tab)";
        return plan(
                Effect.CHANGE,
                "Write `a*b` and *this* to <!channel> :skull: on web-01",
                someoneElse(1, "*bob*", "<!here>"),
                List.of(step(
                        "write_<b>",
                        Effect.CHANGE,
                        command("web-01", "*prod*", "<root>", command),
                        command("wéb-שרת", "*prod*", "<root>", command))));
    }

    /** Each target with a command of its own. */
    static PlanCard many(int targets, int characters) {
        List<CardCommand> commands = IntStream.rangeClosed(1, targets)
                .mapToObj(n -> command(
                        "web-server-%03d".formatted(n),
                        n % 4 == 0 ? "staging" : "production",
                        "deploy",
                        "sudo /opt/app/bin/rollout --host 'web-server-%03d' --note '%s'"
                                .formatted(n, "x".repeat(characters))))
                .toList();
        return plan(
                Effect.CHANGE,
                "Roll out to all web servers",
                someoneElse(1, "bob"),
                List.of(
                        step("rollout", Effect.CHANGE, commands),
                        step("service_status", Effect.READ, commands.subList(0, 1))));
    }

    static TargetResult result(
            int step,
            String tool,
            String target,
            TargetStatus status,
            @Nullable Integer exit,
            String stdout,
            String stderr) {
        return new TargetResult(
                step,
                tool,
                target,
                status,
                exit,
                stdout,
                stderr,
                false,
                false,
                1_240,
                switch (status) {
                    case SUCCEEDED -> "";
                    case FAILED -> "the command ended with exit code " + exit;
                    case UNREACHABLE -> "no connection to the target";
                    case TIMED_OUT -> "it took longer than 60 s and was ended";
                    case CANCELLED -> "somebody cancelled";
                    case SKIPPED -> "an earlier step failed";
                    case NOT_NEEDED -> "step 1 did not fail";
                    case INTERRUPTED -> "the connection was lost: whether it took effect is unknown";
                });
    }
}
