package io.opsconductor.chat.slack.handle;

import io.opsconductor.chat.deliver.Seldom;
import java.time.Clock;
import java.util.Optional;

/**
 * Messages. Those to us are requests; those in a thread that we know may be. A request that is edited afterwards is not
 * taken again: what was asked, and what a plan came of, stays what it was, and the writer is told so once. A request that
 * is deleted stays asked: its plan can be withdrawn.
 */
final class MessageEvents {
    private final Door door;
    private final Talk talk;
    private final SpokenText spoken;
    private final PrivateWords words;
    private final Seldom seldom;

    MessageEvents(Door door, Talk talk, SpokenText spoken, PrivateWords words, Clock clock) {
        this.door = door;
        this.talk = talk;
        this.spoken = spoken;
        this.words = words;
        this.seldom = new Seldom(clock);
    }

    void handle(Heard heard) throws InterruptedException {
        switch (heard) {
            case Heard.Direct direct -> direct(direct);
            case Heard.Overheard overheard -> overheard(overheard);
            case Heard.Edited edited -> edited(edited);
            case Heard.Nothing() -> {}
        }
    }

    private void direct(Heard.Direct said) throws InterruptedException {
        Optional<String> identity = door.writer(said.place(), said.user());
        if (identity.isEmpty()) {
            return;
        }
        PrivateWords.To to = new PrivateWords.To.InPlace(said.place(), said.user());
        String text = spoken.of(said.place().workspace(), said.raw());
        if (text.isEmpty() && said.files()) {
            words.tell(to, "I read what you write, not files. Write what should be done, or \"help\".");
            return;
        }
        // A bare mention is somebody who does not know what to say.
        String request = text.isEmpty() ? "help" : text;
        talk.said(said.place(), platformEvent(said.place(), said.ts()), identity.get(), request, to);
    }

    private void overheard(Heard.Overheard said) throws InterruptedException {
        if (!talk.knows(said.place())) {
            return;
        }
        Optional<String> identity = door.bystander(said.place(), said.user());
        if (identity.isPresent()) {
            String text = spoken.of(said.place().workspace(), said.raw());
            talk.overheard(said.place(), platformEvent(said.place(), said.ts()), identity.get(), text);
        }
    }

    private void edited(Heard.Edited edited) throws InterruptedException {
        String platformEvent = platformEvent(edited.place(), edited.ts());
        if (talk.took(platformEvent) && seldom.mayBeSaid(platformEvent)) {
            words.tell(
                    new PrivateWords.To.InPlace(edited.place(), edited.user()),
                    "I took your message as you first wrote it; the edited one is not taken. To ask for something else,"
                            + " write a new message. A plan that waits can be edited or withdrawn on its card.");
        }
    }

    /** One message, however many events tell of it. */
    private static String platformEvent(Place place, String ts) {
        return "slack:" + place.workspace().team() + ":" + place.channel() + ":" + ts;
    }
}
