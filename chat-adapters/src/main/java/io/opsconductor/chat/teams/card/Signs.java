package io.opsconductor.chat.teams.card;

import io.opsconductor.chat.card.Outcomes;
import io.opsconductor.plan.Effect;
import io.opsconductor.plan.TargetStatus;

/** The signs in front of words. */
final class Signs {
    private Signs() {}

    static String of(Effect effect) {
        return switch (effect) {
            case READ -> "🔍";
            case CHANGE -> "🔧";
            case DESTROY -> "🚨";
        };
    }

    static String of(TargetStatus status) {
        return sign(Outcomes.emoji(status));
    }

    /** Of a whole execution, by its word in the events. */
    static String of(String status) {
        return sign(Outcomes.emoji(status));
    }

    private static String sign(String shortCode) {
        return switch (shortCode) {
            case "white_check_mark" -> "✅";
            case "x" -> "❌";
            case "electric_plug" -> "🔌";
            case "alarm_clock" -> "⏰";
            case "octagonal_sign" -> "🛑";
            case "fast_forward" -> "⏩";
            case "heavy_minus_sign" -> "➖";
            case "warning" -> "⚠";
            case "no_entry" -> "⛔";
            default -> "❔";
        };
    }
}
