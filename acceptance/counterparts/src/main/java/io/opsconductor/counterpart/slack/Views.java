package io.opsconductor.counterpart.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** All modals and App Homes. */
final class Views {
    private final World world;
    private final List<OpenView> all = new ArrayList<>();

    Views(World world) {
        this.world = world;
    }

    OpenView add(Installation installation, Person person, Optional<OpenView> previous, ObjectNode content) {
        return world.get(() -> {
            OpenView view = new OpenView(world.nextId("V"), installation, person, previous, content);
            all.add(view);
            return view;
        });
    }

    Optional<OpenView> find(String viewId, String externalId, Installation installation) {
        return world.get(() -> all.stream()
                .filter(view -> view.installation().app() == installation.app())
                .filter(view -> viewId.isEmpty()
                        ? view.content().path("external_id").asText().equals(externalId)
                        : view.id().equals(viewId))
                .reduce((earlier, later) -> later));
    }

    Optional<OpenView> top(Person person) {
        return world.get(() -> all.stream()
                .filter(view ->
                        view.person() == person && view.open() && view.type().equals("modal"))
                .reduce((earlier, later) -> later));
    }

    Optional<OpenView> home(Person person, Installation installation) {
        return world.get(() -> all.stream()
                .filter(view -> view.person() == person
                        && view.installation() == installation
                        && view.type().equals("home"))
                .findFirst());
    }

    /** The view and those under it. */
    static List<OpenView> stack(OpenView view) {
        List<OpenView> stack = new ArrayList<>(List.of(view));
        view.previous().ifPresent(below -> stack.addAll(stack(below)));
        return stack;
    }

    /** Waits for a view, modal or home, that is before the person. */
    OpenView await(Person person, String expected, Predicate<OpenView> wanted) {
        return world.await(
                expected + " before " + person,
                () -> all.stream()
                        .filter(view -> view.person() == person && view.open())
                        .filter(wanted)
                        .reduce((earlier, later) -> later),
                () -> dump(person));
    }

    private String dump(Person person) {
        return String.join(
                "\n",
                all.stream()
                        .filter(view -> view.person() == person)
                        .map(OpenView::dump)
                        .toList());
    }
}
