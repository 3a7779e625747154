package io.opsconductor.chat.slack.handle;

import io.opsconductor.chat.slack.act.Act;
import io.opsconductor.chat.slack.call.Answer;
import io.opsconductor.chat.slack.call.SlackCalls;

/** Choices and suggestions: pressed instead of typed, so they are said aloud in the name of whoever pressed. */
final class Sayings {
    private final Spokesman spokesman;
    private final SlackCalls calls;
    private final PrivateWords words;

    Sayings(Spokesman spokesman, SlackCalls calls, PrivateWords words) {
        this.spokesman = spokesman;
        this.calls = calls;
        this.words = words;
    }

    /** Says it where it was pressed; what is pressed in the App Home is said in the direct talk. */
    void say(Press press, String identity, Act.Say say) throws InterruptedException {
        if (press.where().isPresent()) {
            say(press, identity, press.where().get(), say.text());
            return;
        }
        Answer<String> talk = calls.directTalk(press.workspace(), press.user());
        if (talk instanceof Answer.Ok<String>(String channel)) {
            say(press, identity, new Place(press.workspace(), channel, ""), say.text());
        } else {
            words.tell(press.to(), "Slack did not let me open a direct message, so nothing was asked. Please try again.");
        }
    }

    private void say(Press press, String identity, Place place, String text) throws InterruptedException {
        spokesman.ask(
                new Spokesman.Request(
                        press.arrival(),
                        place.workspace(),
                        place.channel(),
                        place.threadTs(),
                        press.user(),
                        identity,
                        text),
                press.to());
    }
}
