package io.opsconductor.chat.card;

import io.opsconductor.brain.conversation.ChatEvent;
import io.opsconductor.plan.Effect;
import io.opsconductor.plan.Preview;
import java.util.List;

/** Everything that a plan destroys something on: each target by its full name, with its environment. */
public final class Destroyed {
    private Destroyed() {}

    public static List<String> by(Preview preview) {
        return preview.steps().stream()
                .filter(step -> step.effect() == Effect.DESTROY)
                .flatMap(step -> step.targets().stream())
                .map(target -> name(target.target(), target.environment()))
                .distinct()
                .toList();
    }

    public static List<String> by(ChatEvent.PlanCard plan) {
        return plan.steps().stream()
                .filter(step -> step.effect() == Effect.DESTROY)
                .flatMap(step -> step.commands().stream())
                .map(command -> name(command.target(), command.environment()))
                .distinct()
                .toList();
    }

    /** "db-01 (production)". */
    private static String name(String target, String environment) {
        return environment.isEmpty() ? target : target + " (" + environment + ")";
    }
}
