package io.opsconductor.chat.call;

import java.time.Duration;
import java.util.function.Function;

/** What became of a call to a chat platform. */
public sealed interface Answer<T> {
    record Ok<T>(T value) implements Answer<T> {}

    /**
     * The platform said no; saying it again changes nothing.
     *
     * @param error its word, such as {@code channel_not_found}
     * @param detail what it added for people; may be empty
     */
    record Refused<T>(String error, String detail) implements Answer<T> {}

    /** Too much at once: nothing took effect. */
    record Limited<T>(Duration retryAfter) implements Answer<T> {}

    /** It never left: nothing took effect. */
    record Unreachable<T>(String why) implements Answer<T> {}

    /** No answer, or half of one: it may have taken effect. */
    record Unknown<T>(String why) implements Answer<T> {}

    /** Goes on with the value, or ends with what this is. */
    default <U> Answer<U> then(Function<? super T, Answer<U>> next) {
        return switch (this) {
            case Ok<T>(T value) -> next.apply(value);
            case Refused<T>(String error, String detail) -> new Refused<>(error, detail);
            case Limited<T>(Duration retryAfter) -> new Limited<>(retryAfter);
            case Unreachable<T>(String why) -> new Unreachable<>(why);
            case Unknown<T>(String why) -> new Unknown<>(why);
        };
    }

    /** The same with another value. */
    default <U> Answer<U> map(Function<? super T, ? extends U> change) {
        return then(value -> new Ok<>(change.apply(value)));
    }
}
