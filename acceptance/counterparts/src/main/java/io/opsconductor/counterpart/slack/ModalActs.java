package io.opsconductor.counterpart.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Submitting and closing modals, opening the App Home. */
final class ModalActs {
    private final World world;
    private final AppLines lines;
    private final Triggers triggers;
    private final Views views;
    private final Events events;

    ModalActs(World world, AppLines lines, Triggers triggers, Views views, Events events) {
        this.world = world;
        this.lines = lines;
        this.triggers = triggers;
        this.views = views;
        this.events = events;
    }

    /** https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload. */
    Answer submit(Person person, OpenView view, Map<String, String> values) {
        if (!view.open()) {
            throw new AssertionError("The modal is no longer before " + person + ": " + view);
        }
        Map<String, ObjectNode> filled = new HashMap<>();
        values.forEach((actionId, value) -> filled.put(
                actionId,
                Elements.state(
                        Elements.find(view.blocks(), actionId, view.dump()).element(), value)));
        ObjectNode state = merged(view, filled);
        requireInputs(view, state);
        view.state(state);
        SlackApp app = view.installation().app();
        ObjectNode payload = Interactions.head("view_submission", app, person);
        payload.put("trigger_id", triggers.issue(app, person, Optional.of(view)));
        payload.set("view", view.json());
        payload.set("response_urls", Json.array());
        Answer answer = lines.send(app, Envelope.of(Envelope.Type.INTERACTIVE, payload));
        if (answer.acknowledged()) {
            answered(person, view, answer.json());
        }
        return answer;
    }

    /** What was chosen before, by acts of its own, stays unless it is filled in now. */
    private static ObjectNode merged(OpenView view, Map<String, ObjectNode> filled) {
        ObjectNode state = Elements.values(view.blocks(), filled);
        JsonNode before = view.state().path("values");
        before.properties()
                .forEach(block -> block.getValue().properties().forEach(action -> {
                    if (!filled.containsKey(action.getKey())
                            && state.path(block.getKey()).has(action.getKey())) {
                        state.withObjectProperty(block.getKey()).set(action.getKey(), action.getValue());
                    }
                }));
        return state;
    }

    /** Slack's client does not send a modal with an empty input that is not optional. */
    private static void requireInputs(OpenView view, ObjectNode state) {
        for (JsonNode block : view.blocks()) {
            if (!block.path("type").asText().equals("input")
                    || block.path("optional").asBoolean()) {
                continue;
            }
            String actionId = block.path("element").path("action_id").asText();
            JsonNode held = state.path(block.path("block_id").asText()).path(actionId);
            boolean empty = held.properties().stream()
                    .filter(field -> !field.getKey().equals("type"))
                    .allMatch(field -> field.getValue().isNull()
                            || (field.getValue().isArray() && field.getValue().isEmpty()));
            if (empty) {
                throw new AssertionError("Slack lets nobody submit the modal \"" + view.title() + "\" without "
                        + block.path("label").path("text").asText() + " (action id " + actionId + ")");
            }
        }
    }

    private void answered(Person person, OpenView view, JsonNode said) {
        switch (said.path("response_action").asText()) {
            case "errors" -> {
                Map<String, String> errors = new LinkedHashMap<>();
                said.path("errors")
                        .properties()
                        .forEach(error ->
                                errors.put(error.getKey(), error.getValue().asText()));
                requireKnownBlocks(view, errors);
                world.run(() -> view.showErrors(errors));
            }
            case "update" -> {
                ObjectNode content = ViewContent.of(new Args(said.path("view")), "modal");
                world.run(() -> view.update(content));
            }
            case "push" -> {
                ObjectNode content = ViewContent.of(new Args(said.path("view")), "modal");
                views.add(view.installation(), person, Optional.of(view), content);
            }
            case "clear" -> world.run(() -> Views.stack(view).forEach(OpenView::shut));
            case "" -> world.run(view::shut);
            default ->
                throw new AssertionError("The app answered a submission with an unknown response_action: " + said);
        }
    }

    private static void requireKnownBlocks(OpenView view, Map<String, String> errors) {
        List<String> inputs = new java.util.ArrayList<>();
        view.blocks().forEach(block -> {
            if (block.path("type").asText().equals("input")) {
                inputs.add(block.path("block_id").asText());
            }
        });
        if (errors.isEmpty() || !inputs.containsAll(errors.keySet())) {
            throw new AssertionError("Slack shows errors beside input blocks only: the app named " + errors.keySet()
                    + ", the inputs are " + inputs);
        }
    }

    Answer close(Person person, OpenView view, boolean all) {
        world.run(() -> {
            if (all || view.content().path("clear_on_close").asBoolean()) {
                Views.stack(view).forEach(OpenView::shut);
            } else {
                view.shut();
            }
        });
        if (!view.content().path("notify_on_close").asBoolean()) {
            return new Answer(200, "", "", false, world.now(), java.time.Duration.ZERO);
        }
        SlackApp app = view.installation().app();
        ObjectNode payload = Interactions.head("view_closed", app, person);
        payload.set("view", view.json());
        payload.put("is_cleared", all);
        return lines.send(app, Envelope.of(Envelope.Type.INTERACTIVE, payload));
    }

    void openHome(Person person, Installation installation) {
        openTab(person, installation, "home");
    }

    void openTab(Person person, Installation installation, String tab) {
        Channel channel = person.workspace().direct(person, installation.bot());
        ObjectNode event = Json.object(
                "type", "app_home_opened",
                "user", person.id(),
                "channel", channel.id(),
                "tab", tab,
                "event_ts", world.nextTs());
        if (tab.equals("home")) {
            views.home(person, installation).ifPresent(view -> event.set("view", view.json()));
        }
        events.toInstallation(installation, event, "app_home_opened", "");
    }
}
