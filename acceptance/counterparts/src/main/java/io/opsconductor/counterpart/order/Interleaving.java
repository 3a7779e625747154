package io.opsconductor.counterpart.order;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One order in which the steps of actors come. */
public final class Interleaving {
    private final Schedules schedules;
    private final List<Actor> actors = new ArrayList<>();
    private final List<String> order = new ArrayList<>();
    private @Nullable Actor acting;

    public Interleaving(Schedules schedules) {
        this.schedules = schedules;
    }

    public void add(String name, Runnable acts) {
        actors.add(new Actor(name, acts));
    }

    /**
     * Runs it to its end, or to where another one has been.
     *
     * @param state everything beside the actors that what follows depends on, or that is looked at when all is over
     * @return whether it was run to its end
     */
    public boolean run(Supplier<String> state) {
        List<Actor> left = new ArrayList<>(actors);
        while (!left.isEmpty()) {
            // With one that is left there is no choice, and the end is near.
            if (left.size() > 1 && !schedules.isNew(state(state.get()))) {
                left.forEach(Actor::leave);
                return false;
            }
            Actor next = left.get(schedules.choose(left.size()));
            order.add(next.name());
            acting = next;
            next.step();
            acting = null;
            left.removeIf(Actor::isOver);
        }
        return true;
    }

    private String state(String around) {
        return actors.stream().map(Actor::state).collect(Collectors.joining("\n")) + "\n" + around;
    }

    /** Whether somebody acts at this moment. */
    public boolean isActing() {
        return acting != null;
    }

    /** Whoever acts pauses: another one may act now. */
    public void pause(String known) {
        Actor now = Objects.requireNonNull(acting, "nobody acts");
        now.pause(known);
    }

    /** The processes of all who are in the middle of something die, but for whoever acts. */
    public void allDie() {
        actors.stream().filter(actor -> actor != acting).forEach(Actor::die);
    }

    /** Notes something that happened in between. */
    public void note(String what) {
        order.add(what);
    }

    /** Who acted, in order. */
    @Override
    public String toString() {
        return order.toString();
    }
}
