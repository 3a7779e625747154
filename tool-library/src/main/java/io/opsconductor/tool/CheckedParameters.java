package io.opsconductor.tool;

import io.opsconductor.text.Nearest;
import io.opsconductor.text.Shown;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All values of a step against all parameters of its tool. */
public sealed interface CheckedParameters {
    /** Problems that are listed at most. */
    int MAX_PROBLEMS = 20;

    /**
     * Every value may be used.
     *
     * @param values in the order of the tool's parameters, in normal form, defaults applied; an optional parameter
     *     without a value is absent
     */
    record Accepted(Map<String, Object> values) implements CheckedParameters {
        public Accepted {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }
    }

    /**
     * At least one may not.
     *
     * @param problems all of them, up to {@value #MAX_PROBLEMS}
     */
    record Refused(List<Problem> problems) implements CheckedParameters {
        public Refused {
            problems = List.copyOf(problems);
        }
    }

    /** What is wrong with a parameter. */
    enum Kind {
        UNKNOWN,
        MISSING,
        INVALID
    }

    /**
     * One problem.
     *
     * @param parameter its name, shortened if need be
     * @param kind what kind
     * @param message {@code check_disk_space, path: expected ..., found ...}
     * @param hint what to do, a sentence; may be empty
     * @param choices values or names to choose from; may be empty
     */
    record Problem(String parameter, Kind kind, String message, String hint, List<String> choices) {
        public Problem {
            choices = List.copyOf(choices);
        }
    }

    /** Checks the values of a step; a null value counts as absent. */
    static CheckedParameters check(CatalogueEntry tool, Map<String, ? extends Object> given) {
        List<Problem> problems = new ArrayList<>();
        List<String> known =
                tool.parameters().stream().map(CatalogueEntry.Parameter::name).toList();
        for (String name : given.keySet()) {
            if (!known.contains(name) && problems.size() < MAX_PROBLEMS) {
                problems.add(unknown(tool, name, known));
            }
        }
        Map<String, Object> values = new LinkedHashMap<>();
        for (CatalogueEntry.Parameter parameter : tool.parameters()) {
            Object value = given.get(parameter.name());
            Object used = value == null ? parameter.defaultValue() : value;
            if (used == null) {
                if (parameter.required()) {
                    problems.add(missing(tool, parameter));
                }
                continue;
            }
            switch (ParameterCheck.check(parameter, used)) {
                case ParameterCheck.Valid valid -> values.put(parameter.name(), valid.value());
                case ParameterCheck.Invalid invalid ->
                    problems.add(new Problem(
                            parameter.name(),
                            Kind.INVALID,
                            tool.name() + ", " + parameter.name() + ": " + invalid.message(),
                            invalid.hint(),
                            invalid.choices()));
            }
        }
        return problems.isEmpty()
                ? new Accepted(values)
                : new Refused(problems.subList(0, Math.min(problems.size(), MAX_PROBLEMS)));
    }

    private static Problem unknown(CatalogueEntry tool, String name, List<String> known) {
        List<String> nearest = Nearest.of(name, known, 3);
        String hint = known.isEmpty()
                ? "It takes none; leave it out."
                : nearest.isEmpty()
                        ? "It takes " + String.join(", ", known) + "."
                        : "Did you mean " + String.join(" or ", nearest) + "?";
        String shown = Shown.quoted(name);
        return new Problem(
                shown.substring(1, shown.lastIndexOf('"')),
                Kind.UNKNOWN,
                tool.name() + " has no parameter " + shown,
                hint,
                nearest);
    }

    private static Problem missing(CatalogueEntry tool, CatalogueEntry.Parameter parameter) {
        return new Problem(
                parameter.name(),
                Kind.MISSING,
                tool.name() + ", " + parameter.name() + ": expected " + ParameterForms.words(parameter.type())
                        + ", found nothing",
                parameter.description().isEmpty() ? "" : "It is: " + parameter.description() + ".",
                parameter.allowed());
    }
}
