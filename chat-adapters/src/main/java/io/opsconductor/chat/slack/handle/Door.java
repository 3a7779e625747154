package io.opsconductor.chat.slack.handle;

import io.opsconductor.chat.deliver.Seldom;
import io.opsconductor.chat.slack.people.Admission;
import io.opsconductor.chat.slack.people.Admitted;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets in who may talk to us, and tells the others why not: whoever pressed or asked for something deliberately each time,
 * whoever only wrote once an hour in a place, and programs never.
 */
final class Door {
    private static final Logger LOG = LoggerFactory.getLogger(Door.class);

    private final Admission admission;
    private final PrivateWords words;
    private final Seldom seldom;

    Door(Admission admission, PrivateWords words, Clock clock) {
        this.admission = admission;
        this.words = words;
        this.seldom = new Seldom(clock);
    }

    /** The identity of who pressed a button, sent a form or used a command; empty when it was refused and answered. */
    Optional<String> actor(Place place, String user, PrivateWords.To to) throws InterruptedException {
        return switch (admission.of(place.workspace(), place.channel(), user)) {
            case Admitted.Welcome welcome -> Optional.of(welcome.identity());
            case Admitted.Silent() -> Optional.empty();
            case Admitted.Refused(String why) -> refused(place, user, to, why);
            case Admitted.NotNow(String why) -> refused(place, user, to, why);
        };
    }

    /** The identity of who wrote to us; empty when it was refused. */
    Optional<String> writer(Place place, String user) throws InterruptedException {
        PrivateWords.To to = new PrivateWords.To.InPlace(place, user);
        return switch (admission.of(place.workspace(), place.channel(), user)) {
            case Admitted.Welcome welcome -> Optional.of(welcome.identity());
            case Admitted.Silent() -> Optional.empty();
            case Admitted.NotNow(String why) -> refused(place, user, to, why);
            case Admitted.Refused(String why) ->
                seldom.mayBeSaid(place.workspace().team() + " " + place.channel() + " " + user)
                        ? refused(place, user, to, why)
                        : Optional.empty();
        };
    }

    /** The identity of who wrote something that was not said to us; whoever may not talk to us is not told so. */
    Optional<String> bystander(Place place, String user) throws InterruptedException {
        return switch (admission.of(place.workspace(), place.channel(), user)) {
            case Admitted.Welcome welcome -> Optional.of(welcome.identity());
            case Admitted.Silent() -> Optional.empty();
            case Admitted.Refused _ -> Optional.empty();
            case Admitted.NotNow _ -> Optional.empty();
        };
    }

    private Optional<String> refused(Place place, String user, PrivateWords.To to, String why)
            throws InterruptedException {
        LOG.info("{} in {} of {} may not talk to us: {}", user, place.channel(), place.workspace(), why);
        words.tell(to, why);
        return Optional.empty();
    }
}
