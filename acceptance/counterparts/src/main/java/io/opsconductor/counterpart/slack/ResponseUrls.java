package io.opsconductor.counterpart.slack;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Response URLs: each takes five messages within thirty minutes
 * (https://docs.slack.dev/interactivity/handling-user-interaction#message_responses).
 */
final class ResponseUrls {
    private static final int MOST_USES = 5;
    private static final Duration LIFE = Duration.ofMinutes(30);

    /**
     * Where an answer goes.
     *
     * @param from the message acted on: nothing for a slash command
     * @param ephemeral the message acted on when only one person sees it
     */
    record Target(
            Installation installation,
            Channel channel,
            Person person,
            Optional<PostedMessage> from,
            Optional<Ephemeral> ephemeral) {}

    private static final class Issued {
        private final Target target;
        private final Instant at;
        private int uses;

        Issued(Target target, Instant at) {
            this.target = target;
            this.at = at;
        }
    }

    private final World world;
    private final Supplier<URI> base;
    private final Map<String, Issued> issued = new HashMap<>();

    ResponseUrls(World world, Supplier<URI> base) {
        this.world = world;
        this.base = base;
    }

    String issue(Target target) {
        String key = World.secret(12);
        world.run(() -> issued.put(key, new Issued(target, world.now())));
        return base.get()
                .resolve("/actions/" + target.installation().workspace().id() + "/" + key)
                .toString();
    }

    /** One use of the URL. */
    Target use(String key) {
        return world.get(() -> {
            Issued url = issued.get(key);
            if (url == null) {
                throw Refusal.of("invalid_url");
            }
            if (url.at.plus(LIFE).isBefore(world.now())) {
                throw Refusal.of("expired_url");
            }
            if (url.uses >= MOST_USES) {
                throw Refusal.of("used_url");
            }
            url.uses++;
            return url.target;
        });
    }
}
