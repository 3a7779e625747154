package io.opsconductor.counterpart.slack;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Trigger ids: each opens one modal, within three seconds of the act that it came from
 * (https://docs.slack.dev/interactivity/handling-user-interaction#modal_responses).
 */
final class Triggers {
    private static final Duration LIFE = Duration.ofSeconds(3);

    /** Who acted, with which app, and inside which modal when it was one. */
    record Trigger(SlackApp app, Person person, Optional<OpenView> inside) {}

    private record Issued(Trigger trigger, Instant at) {}

    private final World world;
    private final Map<String, Issued> unused = new HashMap<>();
    private final Map<String, Issued> used = new HashMap<>();
    private volatile Duration life = LIFE;

    Triggers(World world) {
        this.world = world;
    }

    void liveFor(Duration time) {
        life = time;
    }

    String issue(SlackApp app, Person person, Optional<OpenView> inside) {
        String id = world.seconds() + "." + Math.abs((long) app.id().hashCode()) + "." + World.secret(16);
        world.run(() -> unused.put(id, new Issued(new Trigger(app, person, inside), world.now())));
        return id;
    }

    /** Looks without using it up. */
    Trigger check(String id, SlackApp app) {
        return world.get(() -> {
            if (used.containsKey(id)) {
                throw Refusal.of("exchanged_trigger_id");
            }
            Issued issued = unused.get(id);
            if (issued == null || issued.trigger().app() != app) {
                throw Refusal.of("invalid_trigger_id");
            }
            if (issued.at().plus(life).isBefore(world.now())) {
                throw Refusal.of("expired_trigger_id");
            }
            return issued.trigger();
        });
    }

    void use(String id) {
        world.run(() -> {
            Issued issued = unused.remove(id);
            if (issued != null) {
                used.put(id, issued);
            }
        });
    }
}
