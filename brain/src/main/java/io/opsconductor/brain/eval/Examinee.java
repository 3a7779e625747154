package io.opsconductor.brain.eval;

import io.opsconductor.brain.ModelStages;
import io.opsconductor.brain.Stages;
import io.opsconductor.brain.language.Indexes;
import io.opsconductor.brain.language.Language;
import io.opsconductor.brain.model.GuardedModel;
import io.opsconductor.brain.model.ModelUnavailableException;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Who is examined: the built-in stages, or those with a model and the built-in ones behind them, as the pipeline has them. For
 * one thread.
 */
public final class Examinee {
    private final String described;
    private final Stages builtin;
    private final Optional<ModelStages> model;
    private final LongSupplier tokens;
    private int fallbacks;
    private String whyLast = "";

    private Examinee(String described, Stages builtin, Optional<ModelStages> model, LongSupplier tokens) {
        this.described = described;
        this.builtin = builtin;
        this.model = model;
        this.tokens = tokens;
    }

    /** The understanding that needs no model. */
    public static Examinee builtin() {
        return of(Stages.builtin(new Indexes(Language.english())));
    }

    /** These stages, and no model behind them that could fail to answer. */
    public static Examinee of(Stages stages) {
        return new Examinee("builtin", stages, Optional.empty(), () -> 0);
    }

    /** The stages that ask {@code model}, and for a message that it gives no answer to, those that need none. */
    public static Examinee with(GuardedModel model) {
        Indexes indexes = new Indexes(Language.english());
        Stages builtin = Stages.builtin(indexes);
        return new Examinee(
                model.described(), builtin, Optional.of(new ModelStages(builtin, indexes, model)), model::tokens);
    }

    /** {@code builtin}, or the model as people know it. */
    public String described() {
        return described;
    }

    /** Works out one message, from its beginning without the model when that gives no answer. */
    <T> T work(Function<Stages, T> message) {
        if (model.isEmpty()) {
            return message.apply(builtin);
        }
        try {
            return message.apply(model.get().forOneMessage());
        } catch (ModelUnavailableException e) {
            fallbacks++;
            whyLast = e.sentence();
            return message.apply(builtin);
        }
    }

    /** Tokens of the model so far, prompts and answers; always 0 without one. */
    long tokens() {
        return tokens.getAsLong();
    }

    /** How many messages so far the model gave no answer to. */
    int fallbacks() {
        return fallbacks;
    }

    /** Why it gave none the last time, for people; empty when it always did. */
    public String whyLast() {
        return whyLast;
    }
}
