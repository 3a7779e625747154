package io.opsconductor.chat.card;

import io.opsconductor.plan.Effect;

/**
 * How an effect looks and reads.
 *
 * @param emoji name of its short code
 * @param word for headlines
 * @param warning at a headline's end; may be empty
 * @param means what it means, in words
 */
public record EffectWords(String emoji, String word, String warning, String means) {
    private static final EffectWords READ = new EffectWords("mag", "Read", "", "only looks, changes nothing");
    private static final EffectWords CHANGE = new EffectWords("wrench", "Change", "", "changes something");
    private static final EffectWords DESTROY =
            new EffectWords("rotating_light", "DESTROY", ": cannot be undone", "cannot be undone");

    public static EffectWords of(Effect effect) {
        return switch (effect) {
            case READ -> READ;
            case CHANGE -> CHANGE;
            case DESTROY -> DESTROY;
        };
    }
}
