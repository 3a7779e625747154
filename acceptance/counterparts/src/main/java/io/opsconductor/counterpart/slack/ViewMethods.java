package io.opsconductor.counterpart.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** The methods {@code views.*}. */
final class ViewMethods {
    /** https://docs.slack.dev/surfaces/modals#view-stack. */
    private static final int MAX_STACK = 3;

    private final World world;
    private final Reach reach;
    private final Views views;
    private final Triggers triggers;

    ViewMethods(World world, Reach reach, Views views, Triggers triggers) {
        this.world = world;
        this.reach = reach;
        this.views = views;
        this.triggers = triggers;
    }

    List<ApiMethod> methods() {
        return List.of(
                ApiMethod.withBot("views.open", Tier.FOUR, List.of(), this::open),
                ApiMethod.withBot("views.push", Tier.FOUR, List.of(), this::push),
                ApiMethod.withBot("views.update", Tier.FOUR, List.of(), this::update),
                ApiMethod.withBot("views.publish", Tier.FOUR, List.of(), this::publish));
    }

    private ObjectNode open(Installation caller, Args args) {
        String triggerId = trigger(args);
        Triggers.Trigger trigger = triggers.check(triggerId, caller.app());
        ObjectNode content = content(args, "modal");
        requireNewExternalId(caller, content);
        triggers.use(triggerId);
        return answer(views.add(caller, trigger.person(), Optional.empty(), content));
    }

    private ObjectNode push(Installation caller, Args args) {
        String triggerId = trigger(args);
        Triggers.Trigger trigger = triggers.check(triggerId, caller.app());
        ObjectNode content = content(args, "modal");
        OpenView below = trigger.inside().orElseThrow(() -> Refusal.of("invalid_trigger_id"));
        if (below.depth() >= MAX_STACK) {
            throw Refusal.of("push_limit_reached");
        }
        requireNewExternalId(caller, content);
        triggers.use(triggerId);
        return answer(views.add(caller, trigger.person(), Optional.of(below), content));
    }

    private static String trigger(Args args) {
        String id = args.text("trigger_id").isEmpty() ? args.text("interactivity_pointer") : args.text("trigger_id");
        if (id.isEmpty()) {
            throw Refusal.missing("trigger_id");
        }
        return id;
    }

    private void requireNewExternalId(Installation caller, ObjectNode content) {
        String externalId = content.path("external_id").asText();
        if (!externalId.isEmpty() && views.find("", externalId, caller).isPresent()) {
            throw Refusal.of("duplicate_external_id");
        }
    }

    private ObjectNode update(Installation caller, Args args) {
        if (!args.has("view_id") && !args.has("external_id")) {
            throw Refusal.missing("view_id");
        }
        OpenView view = views.find(args.text("view_id"), args.text("external_id"), caller)
                .filter(OpenView::open)
                .orElseThrow(() -> Refusal.of("not_found"));
        ObjectNode content = content(args, view.type());
        requireHash(view, args);
        world.run(() -> view.update(content));
        return answer(view);
    }

    private ObjectNode publish(Installation caller, Args args) {
        Person person = reach.person(caller, args.required("user_id"));
        ObjectNode content = content(args, "home");
        return world.get(() -> {
            Optional<OpenView> home = views.home(person, caller);
            home.ifPresent(view -> requireHash(view, args));
            home.ifPresent(view -> view.update(content));
            return answer(home.orElseGet(() -> views.add(caller, person, Optional.empty(), content)));
        });
    }

    private static void requireHash(OpenView view, Args args) {
        if (!args.text("hash").isEmpty() && !args.text("hash").equals(view.hash())) {
            throw Refusal.of("hash_conflict");
        }
    }

    private static ObjectNode content(Args args, String type) {
        return ViewContent.of(new Args(args.tree("view")), type);
    }

    private static ObjectNode answer(OpenView view) {
        return Json.object("view", view.json());
    }
}
