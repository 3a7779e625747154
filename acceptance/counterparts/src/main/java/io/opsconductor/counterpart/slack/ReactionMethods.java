package io.opsconductor.counterpart.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The methods {@code reactions.*}. */
final class ReactionMethods {
    private static final List<String> WRITE = List.of("reactions:write");

    private final World world;
    private final Reach reach;

    ReactionMethods(World world, Reach reach) {
        this.world = world;
        this.reach = reach;
    }

    List<ApiMethod> methods() {
        return List.of(
                ApiMethod.withBot("reactions.add", Tier.THREE, WRITE, this::add),
                ApiMethod.withBot("reactions.remove", Tier.TWO, WRITE, this::remove));
    }

    private PostedMessage message(Installation caller, Args args) {
        Channel channel = reach.writable(caller, args.required("channel"));
        return channel.message(args.required("timestamp")).orElseThrow(() -> Refusal.of("message_not_found"));
    }

    private ObjectNode add(Installation caller, Args args) {
        PostedMessage message = message(caller, args);
        String name = args.required("name");
        if (!name.matches("[a-z0-9_+'-]+(::skin-tone-[2-6])?")) {
            throw Refusal.of("invalid_name");
        }
        if (message.reactions().contains(name)) {
            throw Refusal.of("already_reacted");
        }
        world.run(() -> message.react(name));
        return Json.object();
    }

    private ObjectNode remove(Installation caller, Args args) {
        PostedMessage message = message(caller, args);
        String name = args.required("name");
        if (!message.reactions().contains(name)) {
            throw Refusal.of("no_reaction");
        }
        world.run(() -> message.unreact(name));
        return Json.object();
    }
}
