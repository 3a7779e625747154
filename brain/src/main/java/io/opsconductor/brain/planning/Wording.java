package io.opsconductor.brain.planning;

import io.opsconductor.brain.language.Language;
import io.opsconductor.plan.Batch;
import io.opsconductor.plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Says tools and steps in plain words. */
public final class Wording {
    private final Language language;

    public Wording(Language language) {
        this.language = language;
    }

    /** "dns_lookup" as "DNS lookup". */
    String tool(String name) {
        String words = List.of(name.split("_")).stream()
                .map(word -> language.is("acronym", word) ? word.toUpperCase(java.util.Locale.ROOT) : word)
                .collect(Collectors.joining(" "));
        return words.isEmpty() ? words : words.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + words.substring(1);
    }

    /** One sentence without a full stop: "Check disk space on web-server-01, then restart service nginx on ...". */
    public String summary(List<Step> steps, List<String> notes) {
        List<String> parts = new ArrayList<>();
        for (int at = 0; at < steps.size(); ) {
            int end = at + 1;
            if (steps.get(at).options().verify() && steps.get(at).options().check() && !parts.isEmpty()) {
                parts.set(parts.size() - 1, parts.getLast() + ", each verified");
                at = end;
                continue;
            }
            while (end < steps.size() && alike(steps.get(at), steps.get(end))) {
                end++;
            }
            parts.add(phrase(steps.subList(at, end), parts.isEmpty()));
            at = end;
        }
        String sentence = String.join(", then ", parts);
        return notes.isEmpty() ? sentence : sentence + " (" + String.join("; ", notes) + ")";
    }

    private static boolean alike(Step a, Step b) {
        boolean sameValues = a.parameters().equals(b.parameters());
        boolean sameTargets = a.targets().equals(b.targets());
        return a.tool().equals(b.tool()) && a.options().check() == b.options().check() && (sameValues || sameTargets);
    }

    private String phrase(List<Step> steps, boolean first) {
        Step step = steps.getFirst();
        boolean check = step.options().check();
        StringBuilder phrase = new StringBuilder(check ? (first ? "Dry run of " : "dry run of ") : "")
                .append(first && !check ? tool(step.tool()) : lowerFirst(tool(step.tool())));
        for (Map.Entry<String, Object> parameter : step.parameters().entrySet()) {
            List<String> values = steps.stream()
                    .map(other -> other.parameters().get(parameter.getKey()))
                    .filter(Objects::nonNull)
                    .map(Object::toString)
                    .distinct()
                    .toList();
            boolean plainText = parameter.getValue() instanceof String;
            phrase.append(' ');
            if (!plainText) {
                phrase.append(parameter.getKey().replace('_', ' ')).append(' ');
            }
            phrase.append(list(values));
        }
        List<String> targets = steps.stream()
                .flatMap(other -> other.targets().stream())
                .distinct()
                .toList();
        if (!targets.isEmpty()) {
            phrase.append(" on ").append(list(targets));
        }
        boolean serial = steps.size() > 1 && targets.size() == steps.size();
        return phrase.append(serial ? ", one after another" : pace(step)).toString();
    }

    private static String pace(Step step) {
        Batch batch = step.options().pace().batch();
        if (batch == null) {
            return "";
        }
        return batch.equals(Batch.ofTargets(1)) ? ", one at a time" : ", " + batch.word() + " at a time";
    }

    private static String lowerFirst(String words) {
        boolean acronym = words.length() > 1 && Character.isUpperCase(words.charAt(1));
        return acronym ? words : words.substring(0, 1).toLowerCase(java.util.Locale.ROOT) + words.substring(1);
    }

    /** "a, b and c"; long lists are counted. */
    static String list(List<String> names) {
        if (names.size() > 8) {
            return String.join(", ", names.subList(0, 6)) + " and " + (names.size() - 6) + " more";
        }
        return names.size() < 2
                ? String.join("", names)
                : String.join(", ", names.subList(0, names.size() - 1)) + " and " + names.getLast();
    }
}
