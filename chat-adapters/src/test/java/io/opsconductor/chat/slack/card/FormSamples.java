package io.opsconductor.chat.slack.card;

import io.opsconductor.brain.overview.Concerns;
import io.opsconductor.brain.overview.Concerns.Asked;
import io.opsconductor.brain.overview.Concerns.Listed;
import io.opsconductor.brain.overview.Concerns.Running;
import io.opsconductor.brain.overview.Concerns.Waiting;
import io.opsconductor.brain.revision.EditForm;
import io.opsconductor.brain.revision.EditForm.FormField;
import io.opsconductor.brain.revision.EditForm.FormStep;
import io.opsconductor.plan.Effect;
import io.opsconductor.tool.ParameterType;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Forms and what concerns somebody. */
final class FormSamples {
    static final FormOrigin PLACE = new FormOrigin("T1", "C024OPS", "1700000000.000100", "1700000000.000200");
    static final Links LINKS = conversation -> conversation.startsWith("web")
            ? Optional.empty()
            : Optional.of("https://example.slack.com/archives/C024OPS/" + conversation);

    private FormSamples() {}

    static FormField field(
            int step,
            String name,
            ParameterType type,
            @Nullable String value,
            List<String> allowed,
            boolean required,
            @Nullable Long min,
            @Nullable Long max) {
        return new FormField(
                step + "." + name,
                name,
                "What " + name + " means",
                type,
                value,
                required ? null : "10",
                allowed,
                required,
                min,
                max);
    }

    static EditForm edit() {
        return new EditForm(
                "ap-7f3k2",
                Samples.DIGEST,
                "Delete files older than 30 days below /srv/app on web-01, then restart nginx on web-01",
                "slack:T1/U024ALICE",
                List.of(
                        new FormStep(
                                0,
                                "delete_old_files",
                                "Deletes old files.",
                                List.of("web-01"),
                                List.of(
                                        field(0, "path", ParameterType.PATH, "/srv/app", List.of(), true, null, null),
                                        field(
                                                0,
                                                "older_than_days",
                                                ParameterType.INTEGER,
                                                "30",
                                                List.of(),
                                                true,
                                                1L,
                                                3_650L),
                                        field(
                                                0,
                                                "recursive",
                                                ParameterType.BOOLEAN,
                                                null,
                                                List.of(),
                                                false,
                                                null,
                                                null),
                                        field(
                                                0,
                                                "kind",
                                                ParameterType.ENUM,
                                                "logs",
                                                List.of("logs", "cache"),
                                                true,
                                                null,
                                                null))),
                        new FormStep(1, "check_disk_space", "Shows disks.", List.of("web-01"), List.of()),
                        new FormStep(
                                2,
                                "restart_service",
                                "Restarts a service.",
                                List.of("web-01"),
                                List.of(field(
                                        2, "service", ParameterType.SERVICE, "nginx", List.of(), true, null, null)))));
    }

    static Waiting waiting(int n, String requester, Effect effect, String summary) {
        return new Waiting(
                "ap-" + n,
                n % 2 == 0 ? "web-" + n : "p170000000000" + n,
                requester,
                "alice",
                summary,
                effect,
                Samples.someoneElse(n % 3 + 1, "bob", "carol"),
                n % 3,
                Samples.NOW.plusSeconds(60L * n),
                Samples.DIGEST);
    }

    static Concerns concerns() {
        return new Concerns(
                new Listed<>(
                        List.of(
                                waiting(1, "slack:T1/U024ALICE", Effect.CHANGE, "Restart nginx on web-server-01"),
                                waiting(
                                        2,
                                        "web:dave",
                                        Effect.DESTROY,
                                        "Delete *old* releases on db-server-01 <!here>")),
                        2),
                new Listed<>(List.of(waiting(3, "slack:T1/U024BOB", Effect.CHANGE, "Roll out to all web servers")), 1),
                new Listed<>(
                        List.of(
                                asked("pending", null, "Roll out to all web servers"),
                                asked("approved", "partial", "Check disk space on all web servers"),
                                asked("cancelled", null, "Restart ssh on web-server-02"),
                                asked("denied", null, "Reboot db-server-01")),
                        27),
                new Listed<>(
                        List.of(new Running(
                                "ex-1", "p1700000000009", "Back up db-server-01", "slack:T1/U024CAROL", Samples.NOW)),
                        1));
    }

    private static Asked asked(String state, @Nullable String status, String summary) {
        return new Asked("ap-1", "p1700000000005", summary, state, status == null ? null : "ex-1", status, Samples.NOW);
    }

    static Concerns nothing() {
        return new Concerns(
                new Listed<>(List.of(), 0),
                new Listed<>(List.of(), 0),
                new Listed<>(List.of(), 0),
                new Listed<>(List.of(), 0));
    }
}
