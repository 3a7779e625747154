package io.opsconductor.brain.history;

import io.helidon.dbclient.DbRow;
import io.opsconductor.brain.People;
import io.opsconductor.brain.intent.HistoryQuestion;
import io.opsconductor.brain.intent.HistoryQuestion.About;
import io.opsconductor.brain.language.Period;
import io.opsconductor.brain.language.TargetIndex;
import io.opsconductor.json.Json;
import io.opsconductor.kit.store.Database;
import io.opsconductor.kit.store.Rows;
import io.opsconductor.plan.Plan;
import io.opsconductor.plan.Preview;
import io.opsconductor.plan.Tenant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads what was asked for, and what came of it, from the store: only what may be seen, the newest first. */
final class History {
    /** Plans that are looked at for one answer; older ones are not. */
    private static final int MOST_PLANS = 2_000;

    private static final int AT_ONCE = 200;
    private static final String SUCCEEDED = "succeeded";

    private final Database database;
    private final PlannedTargets planned;
    private final People people;

    History(Database database, People people) {
        this.database = database;
        this.planned = new PlannedTargets(database);
        this.people = people;
    }

    /**
     * A part of the list.
     *
     * @param entries those of this part
     * @param left how many follow them
     * @param complete whether every plan of the period was looked at
     */
    record Found(List<Entry> entries, int left, boolean complete) {
        Found {
            entries = List.copyOf(entries);
        }
    }

    private record Row(
            String approval,
            String requester,
            String state,
            String execution,
            String plan,
            String preview,
            Instant at,
            Instant expiresAt) {}

    /**
     * Looks something up.
     *
     * @param tenant whose history
     * @param conversation where the question was asked
     * @param skip how many entries were told before
     * @param most how many to tell now
     */
    Found find(
            Tenant tenant,
            HistoryQuestion question,
            Period period,
            String conversation,
            Sight sight,
            TargetIndex targets,
            int skip,
            int most) {
        List<Entry> entries = new ArrayList<>();
        int seen = 0;
        int looked = 0;
        List<Row> rows;
        do {
            rows = rows(tenant, question, period, conversation, looked);
            looked += rows.size();
            for (Row row : rows) {
                Entry entry = entry(question, row, sight, targets);
                if (entry != null) {
                    if (seen >= skip && entries.size() < most) {
                        entries.add(entry);
                    }
                    seen++;
                }
            }
        } while (rows.size() == AT_ONCE && looked < MOST_PLANS);
        return new Found(entries, Math.max(0, seen - skip - entries.size()), rows.size() < AT_ONCE);
    }

    private List<Row> rows(Tenant tenant, HistoryQuestion question, Period period, String conversation, int skip) {
        String at = at(question.about());
        StringBuilder where = new StringBuilder(" where a.tenant = ?");
        List<Object> values = new ArrayList<>(List.of(tenant.name()));
        String state = state(question.about());
        if (!state.isEmpty()) {
            where.append(" and ").append(state);
        }
        if (!question.about().isNow()) {
            where.append(" and ").append(at).append(" >= ? and ").append(at).append(" < ?");
            values.add(period.from().toString());
            values.add(period.to().toString());
        } else if (question.about() == About.WAITING) {
            where.append(" and a.expires_at > ?");
            values.add(period.to().toString());
        }
        if (question.here()) {
            where.append(" and a.conversation = ?");
            values.add(conversation);
        }
        return database.query(
                "select a.id, a.requester, a.state, coalesce(x.status, '') as execution, a.plan, a.preview, " + at
                        + " as happened, a.expires_at from approval a left join execution x on"
                        + " x.approval = a.id" + where + " order by happened desc, a.id limit " + AT_ONCE + " offset "
                        + skip,
                History::row,
                values.toArray());
    }

    private static Row row(DbRow row) {
        return new Row(
                Rows.text(row, "id"),
                Rows.text(row, "requester"),
                Rows.text(row, "state"),
                Rows.text(row, "execution"),
                Rows.text(row, "plan"),
                Rows.text(row, "preview"),
                Rows.instant(row, "happened"),
                Rows.instant(row, "expires_at"));
    }

    private static String at(About about) {
        return switch (about) {
            case RAN, FAILED, RUNNING -> "x.created_at";
            case ASKED, WAITING -> "a.created_at";
            case APPROVED, DENIED -> "a.decided_at";
        };
    }

    /** The pieces of SQL are of this class, the values are bound. */
    private static String state(About about) {
        return switch (about) {
            case RAN -> "x.status <> 'refused'";
            case FAILED -> "x.status in ('failed', 'partial', 'interrupted', 'cancelled', 'refused')";
            case RUNNING -> "x.status in ('queued', 'running')";
            case ASKED -> "";
            case APPROVED -> "a.state = 'approved'";
            case DENIED -> "a.state = 'denied'";
            case WAITING -> "a.state = 'pending'";
        };
    }

    /** Null when it is none of those that are meant, or may not be seen. */
    private @Nullable Entry entry(HistoryQuestion question, Row row, Sight sight, TargetIndex targets) {
        if (!isOf(question, row, sight)) {
            return null;
        }
        Plan plan = Json.read(row.plan, Plan.class);
        List<String> approvers = deciders(row.approval, "approve");
        List<String> deniers = row.state.equals("denied") ? deciders(row.approval, "deny") : List.of();
        Preview preview = Json.read(row.preview, Preview.class);
        boolean theirs = sight.is(row.requester)
                || approvers.stream().anyMatch(sight::is)
                || deniers.stream().anyMatch(sight::is)
                || preview.approval().approvers().contains(sight.person());
        List<Entry.Step> steps = steps(question, row, plan, theirs, sight, targets);
        return steps.isEmpty()
                ? null
                : new Entry(
                        row.requester,
                        row.at,
                        row.state,
                        row.execution,
                        steps,
                        approvers,
                        deniers.isEmpty() ? "" : deniers.getFirst(),
                        preview.approval(),
                        row.expiresAt);
    }

    private List<Entry.Step> steps(
            HistoryQuestion question, Row row, Plan plan, boolean theirs, Sight sight, TargetIndex targets) {
        Map<Integer, Map<String, String>> statuses = new TreeMap<>();
        for (PlannedTargets.Row one : planned.of(row.approval)) {
            io.opsconductor.plan.Step step = plan.steps().get(one.step());
            Set<String> touched = touched(step, one.target(), targets);
            boolean meant =
                    (question.targets().isEmpty() || question.targets().stream().anyMatch(touched::contains))
                            && (question.tools().isEmpty() || question.tools().contains(one.tool()))
                            && question.values().stream().allMatch(value -> holds(step, value))
                            && (question.about() != About.FAILED || isFailure(one.status()));
            if (meant && (theirs || sight.sees(touched))) {
                statuses.computeIfAbsent(one.step(), s -> new LinkedHashMap<>()).put(one.target(), one.status());
            }
        }
        List<Entry.Step> steps = new ArrayList<>();
        statuses.forEach((step, byTarget) -> steps.add(new Entry.Step(
                plan.steps().get(step).tool(),
                plan.steps().get(step).parameters().values().stream()
                        .map(Object::toString)
                        .toList(),
                byTarget)));
        return steps;
    }

    /** Where a step runs, and every target of the inventory that one of its values names. */
    private static Set<String> touched(io.opsconductor.plan.Step step, String target, TargetIndex targets) {
        Set<String> touched = new LinkedHashSet<>(Set.of(target));
        for (Object value : step.parameters().values()) {
            if (value instanceof String text) {
                touched.addAll(targets.named(text));
            }
        }
        return touched;
    }

    private static boolean holds(io.opsconductor.plan.Step step, String value) {
        return step.parameters().values().stream()
                .anyMatch(own -> own.toString().equalsIgnoreCase(value));
    }

    /** Of a plan that did not succeed; a step without any result was never started. */
    private static boolean isFailure(String status) {
        return !status.equals(SUCCEEDED);
    }

    private boolean isOf(HistoryQuestion question, Row row, Sight sight) {
        HistoryQuestion.Person person = question.person();
        if (person.anybody()) {
            return true;
        }
        List<String> whose = switch (question.about()) {
            case APPROVED -> deciders(row.approval, "approve");
            case DENIED -> deciders(row.approval, "deny");
            case RAN, FAILED, RUNNING, ASKED, WAITING -> List.of(row.requester);
        };
        return whose.stream()
                .anyMatch(identity -> person.self() ? sight.is(identity) : people.isCalled(identity, person.name()));
    }

    private List<String> deciders(String approval, String decision) {
        return database.query(
                "select approver from attestation where approval = ? and decision = ? order by at",
                row -> Rows.text(row, "approver"),
                approval,
                decision);
    }
}
