package io.opsconductor.counterpart.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** The methods {@code assistant.threads.*}. */
final class AssistantMethods {
    private static final List<String> WRITE = List.of("assistant:write");
    private static final int MAX_PROMPTS = 4;

    private final World world;
    private final Reach reach;
    private final AssistantActs threads;

    AssistantMethods(World world, Reach reach, AssistantActs threads) {
        this.world = world;
        this.reach = reach;
        this.threads = threads;
    }

    List<ApiMethod> methods() {
        return List.of(
                ApiMethod.withBot(
                        "assistant.threads.setStatus",
                        Tier.SPECIAL,
                        List.of("assistant:write", "chat:write"),
                        this::status),
                ApiMethod.withBot("assistant.threads.setSuggestedPrompts", Tier.SPECIAL, WRITE, this::prompts),
                ApiMethod.withBot("assistant.threads.setTitle", Tier.SPECIAL, WRITE, this::title));
    }

    private AssistantThread thread(Installation caller, Args args) {
        Channel channel = reach.visible(caller, args.required("channel_id"));
        return threads.find(channel, args.required("thread_ts")).orElseThrow(() -> Refusal.of("thread_not_found"));
    }

    private ObjectNode status(Installation caller, Args args) {
        if (!args.has("status")) {
            throw Refusal.missing("status");
        }
        AssistantThread thread = thread(caller, args);
        world.run(() -> thread.status(args.text("status")));
        return Json.object();
    }

    private ObjectNode prompts(Installation caller, Args args) {
        List<String> messages = new ArrayList<>();
        args.tree("prompts").forEach(prompt -> {
            if (prompt.path("title").asText().isEmpty()
                    || prompt.path("message").asText().isEmpty()) {
                throw Refusal.missing("prompts");
            }
            messages.add(prompt.path("message").asText());
        });
        if (messages.isEmpty() || messages.size() > MAX_PROMPTS) {
            throw Refusal.missing("prompts");
        }
        AssistantThread thread = thread(caller, args);
        world.run(() -> thread.prompts(messages));
        return Json.object();
    }

    private ObjectNode title(Installation caller, Args args) {
        String title = args.required("title");
        AssistantThread thread = thread(caller, args);
        world.run(() -> thread.title(title));
        return Json.object();
    }
}
