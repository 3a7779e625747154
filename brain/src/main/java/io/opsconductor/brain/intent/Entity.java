package io.opsconductor.brain.intent;

import io.opsconductor.tool.ParameterType;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A thing named in the words, with the place where it was named. */
public sealed interface Entity {
    /** The words as written. */
    String text();

    /**
     * Targets of the inventory, by name, alias, group or "all ...".
     *
     * @param names resolved inventory names, at least one
     */
    record Targets(String text, List<String> names) implements Entity {
        public Targets {
            names = List.copyOf(names);
        }
    }

    /**
     * Words in the place of a host that the inventory does not know.
     *
     * @param nearest known names that look alike, best first, may be empty
     */
    record UnknownTarget(String text, List<String> nearest) implements Entity {
        public UnknownTarget {
            nearest = List.copyOf(nearest);
        }
    }

    /**
     * Words that name one target and fit several ("the web server").
     *
     * @param names the inventory names that fit, at least two
     */
    record AmbiguousTarget(String text, List<String> names) implements Entity {
        public AmbiguousTarget {
            names = List.copyOf(names);
        }
    }

    /** Characters or words that belong into a shell and into no value; nothing of the message may run. */
    record Unsafe(String text) implements Entity {}

    /**
     * A typed value: a path, service, port, number, duration, address, URL, domain.
     *
     * @param type the type it has by its form
     * @param value as a parameter value would hold it, such as {@code /var/log} or {@code 443}
     */
    record Value(String text, ParameterType type, String value) implements Entity {
        private static final Set<ParameterType> ANYWHERE =
                EnumSet.of(ParameterType.INTEGER, ParameterType.STRING, ParameterType.DURATION);

        /** Whether it speaks of operations by itself: no number, quote or time, and no word that might be a host. */
        public boolean isTechnical() {
            return !ANYWHERE.contains(type) && (type != ParameterType.HOST || value.indexOf('.') > 0);
        }
    }
}
