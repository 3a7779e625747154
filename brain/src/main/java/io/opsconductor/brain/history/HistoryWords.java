package io.opsconductor.brain.history;

import io.opsconductor.brain.People;
import io.opsconductor.brain.intent.HistoryQuestion;
import io.opsconductor.brain.intent.HistoryQuestion.About;
import io.opsconductor.brain.language.Period;
import io.opsconductor.brain.language.Speech;
import io.opsconductor.plan.Visible;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Says a part of the history: a heading with what it is about, a line an entry, and how it goes on. */
final class HistoryWords {
    private static final int MOST_TARGETS = 5;
    private static final int LONGEST_VALUE = 40;
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy-MM-dd", Locale.ROOT);
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

    private final Speech speech;
    private final People people;
    private final ZoneId zone;

    HistoryWords(Speech speech, People people, ZoneId zone) {
        this.speech = speech;
        this.people = people;
        this.zone = zone;
    }

    String of(HistoryQuestion question, Period period, History.Found found, boolean goesOn, Sight sight) {
        String key = question.about().name().toLowerCase(Locale.ROOT);
        String about = scope(question) + (question.about().isNow() ? "" : time(period));
        List<String> lines = new ArrayList<>();
        if (found.entries().isEmpty() && !goesOn) {
            lines.add(speech.say("none-" + key, "about", about));
        } else {
            lines.add(speech.say(goesOn ? "history-goes-on" : "history-" + key, "about", about));
            found.entries().forEach(entry -> lines.add("- " + line(question.about(), entry, isOneDay(period))));
        }
        if (found.left() > 0) {
            lines.add(speech.say("history-left", "count", Integer.toString(found.left())));
        } else if (!found.complete()) {
            lines.add(speech.say("history-incomplete"));
        }
        if (!sight.isKnown()) {
            lines.add(speech.say("history-own-only"));
        } else if (sight.person().isEmpty()) {
            lines.add(speech.say("history-stranger"));
        }
        return String.join("\n", lines);
    }

    private String scope(HistoryQuestion question) {
        StringBuilder scope = new StringBuilder();
        if (!question.tools().isEmpty()) {
            scope.append(' ').append(speech.say("scope-tools", "tools", some(question.tools())));
        }
        if (!question.values().isEmpty()) {
            scope.append(' ').append(speech.say("scope-values", "values", some(shown(question.values()))));
        }
        if (!question.targets().isEmpty()) {
            scope.append(' ').append(speech.say("scope-targets", "targets", some(shown(question.targets()))));
        }
        if (!question.person().anybody()) {
            String who = question.person().self()
                    ? speech.say("scope-self")
                    : shown(question.person().name());
            scope.append(' ')
                    .append(speech.say(question.about().isDecision() ? "scope-decided" : "scope-asked", "person", who));
        }
        if (question.here()) {
            scope.append(' ').append(speech.say("scope-here"));
        }
        return scope.toString();
    }

    private boolean isOneDay(Period period) {
        return day(period.from().atZone(zone))
                .equals(day(period.to().minusNanos(1).atZone(zone)));
    }

    private static LocalDate day(ZonedDateTime time) {
        return time.toLocalDate();
    }

    private String time(Period period) {
        ZonedDateTime from = period.from().atZone(zone);
        ZonedDateTime to = period.to().atZone(zone);
        boolean begins = from.toLocalTime().equals(LocalTime.MIDNIGHT);
        if (begins && isOneDay(period)) {
            return " " + speech.say("time-day", "day", DAY.format(from), "zone", zone.getId());
        }
        boolean days = begins && to.toLocalTime().equals(LocalTime.MIDNIGHT);
        return " "
                + speech.say(
                        "time-between",
                        "from",
                        days ? DAY.format(from) : MINUTE.format(from),
                        "to",
                        days ? DAY.format(to.minusNanos(1)) : MINUTE.format(to),
                        "zone",
                        zone.getId());
    }

    private String line(About about, Entry entry, boolean oneDay) {
        ZonedDateTime at = entry.at().atZone(zone);
        String when = about.isNow() || !oneDay ? MINUTE.format(at) : CLOCK.format(at);
        String what = entry.steps().stream().map(this::step).collect(Collectors.joining("; "));
        return when + " " + what + ": " + outcome(entry) + ". " + people(entry);
    }

    /** The name of a tool and its values are what they are in every language. */
    private String step(Entry.Step step) {
        List<String> values = shown(step.values());
        return step.tool()
                + (values.isEmpty() ? "" : " (" + String.join(", ", values) + ")")
                + " "
                + speech.say(
                        "scope-targets",
                        "targets",
                        some(List.copyOf(step.statuses().keySet())));
    }

    /** What came of the targets that may be seen; of a plan without results, how it stands. */
    private String outcome(Entry entry) {
        Map<String, List<String>> byStatus = new LinkedHashMap<>();
        entry.steps()
                .forEach(step -> step.statuses().forEach((target, status) -> {
                    List<String> targets = byStatus.computeIfAbsent(status, s -> new ArrayList<>());
                    if (!targets.contains(target)) {
                        targets.add(target);
                    }
                }));
        if (byStatus.size() == 1 || entry.execution().isEmpty()) {
            String only = byStatus.keySet().iterator().next();
            return only.isEmpty() ? standing(entry) : status(only);
        }
        return byStatus.entrySet().stream()
                .map(one -> (one.getKey().isEmpty() ? standing(entry) : status(one.getKey())) + " "
                        + speech.say("scope-targets", "targets", some(one.getValue())))
                .collect(Collectors.joining(", "));
    }

    private String standing(Entry entry) {
        return status(entry.execution().isEmpty() ? entry.state() : entry.execution());
    }

    private String status(String word) {
        return speech.say("status-" + word);
    }

    private String people(Entry entry) {
        String asked = speech.say("asked-by", "person", people.name(entry.requester()));
        return switch (entry.state()) {
            case "pending" ->
                asked
                        + speech.say(
                                "waits-for",
                                "count",
                                Integer.toString(Math.max(
                                        1,
                                        entry.waiting().approvals()
                                                - entry.approvedBy().size())),
                                "people",
                                some(entry.waiting().approvers()),
                                "until",
                                CLOCK.format(entry.expiresAt().atZone(zone)));
            case "denied" -> asked + speech.say("denied-by", "person", people.name(entry.deniedBy()));
            case "approved" ->
                asked
                        + (entry.approvedBy().isEmpty()
                                ? speech.say("needed-nobody")
                                : speech.say("approved-by", "people", names(entry.approvedBy())));
            default -> asked + ".";
        };
    }

    private String names(List<String> identities) {
        return some(identities.stream().map(people::name).toList());
    }

    private String some(List<String> names) {
        if (names.size() <= MOST_TARGETS) {
            return String.join(", ", names);
        }
        return String.join(", ", names.subList(0, MOST_TARGETS - 1)) + " "
                + speech.say("and-more", "count", Integer.toString(names.size() - MOST_TARGETS + 1));
    }

    private static List<String> shown(List<String> values) {
        return values.stream().map(HistoryWords::shown).toList();
    }

    private static String shown(String value) {
        String visible = Visible.escape(value).replace("\n", " ");
        return visible.codePointCount(0, visible.length()) <= LONGEST_VALUE
                ? visible
                : visible.substring(0, visible.offsetByCodePoints(0, LONGEST_VALUE)) + "…";
    }
}
