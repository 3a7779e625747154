package io.opsconductor.brain.outputs;

import io.opsconductor.plan.TargetStatus;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/** What a person chooses targets by. */
sealed interface Condition {
    /** Whether it says anything about a step: whether this was found out there. */
    boolean tells(LastResult.Found found);

    /** Whether a target is meant; only of one that it {@link #tells} of. */
    boolean means(LastResult.Found found);

    /**
     * A figure compared with a number.
     *
     * @param measure what the figure is of
     * @param sign {@code >}, {@code >=}, {@code <} or {@code <=}
     */
    record Figure(String measure, String sign, double number) implements Condition {
        @Override
        public boolean tells(LastResult.Found found) {
            return values(found).findAny().isPresent();
        }

        @Override
        public boolean means(LastResult.Found found) {
            return values(found).anyMatch(this::fits);
        }

        DoubleStream values(LastResult.Found found) {
            return found.facts().stream()
                    .filter(fact -> fact.measure().equals(measure))
                    .mapToDouble(Fact::value);
        }

        private boolean fits(double value) {
            return switch (sign) {
                case ">" -> value > number;
                case ">=" -> value >= number;
                case "<" -> value < number;
                case "<=" -> value <= number;
                default -> throw new IllegalStateException("no comparison: " + sign);
            };
        }
    }

    /** The highest of a figure. */
    record Highest(String measure, double value) implements Condition {
        @Override
        public boolean tells(LastResult.Found found) {
            return found.facts().stream().anyMatch(fact -> fact.measure().equals(measure));
        }

        @Override
        public boolean means(LastResult.Found found) {
            return found.facts().stream().anyMatch(fact -> fact.measure().equals(measure) && fact.value() >= value);
        }
    }

    /** Whether what was asked about works, where that was read. */
    record Works(boolean well) implements Condition {
        @Override
        public boolean tells(LastResult.Found found) {
            return found.well() != null;
        }

        @Override
        public boolean means(LastResult.Found found) {
            @Nullable Boolean known = found.well();
            return known != null && known == well;
        }
    }

    /** How the commands ended. */
    record Ended(Set<TargetStatus> statuses) implements Condition {
        /** It ran and did not succeed, or could not be run; not where that is unknown. */
        static final Ended FAILED =
                new Ended(EnumSet.of(TargetStatus.FAILED, TargetStatus.UNREACHABLE, TargetStatus.TIMED_OUT));

        static final Ended SUCCEEDED = new Ended(EnumSet.of(TargetStatus.SUCCEEDED));
        static final Ended UNREACHABLE = new Ended(EnumSet.of(TargetStatus.UNREACHABLE));
        static final Ended REACHED =
                new Ended(EnumSet.of(TargetStatus.SUCCEEDED, TargetStatus.FAILED, TargetStatus.TIMED_OUT));

        public Ended {
            statuses = Set.copyOf(statuses);
        }

        @Override
        public boolean tells(LastResult.Found found) {
            return !List.of(
                            TargetStatus.INTERRUPTED,
                            TargetStatus.SKIPPED,
                            TargetStatus.NOT_NEEDED,
                            TargetStatus.CANCELLED)
                    .contains(found.status());
        }

        @Override
        public boolean means(LastResult.Found found) {
            return statuses.contains(found.status());
        }
    }
}
