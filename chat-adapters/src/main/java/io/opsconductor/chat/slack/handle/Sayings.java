package io.opsconductor.chat.slack.handle;

import io.opsconductor.chat.slack.act.Act;
import io.opsconductor.chat.slack.call.Answer;
import io.opsconductor.chat.slack.call.SlackCalls;

/**
 * Choices and suggestions: pressed instead of typed, and taken as if typed. The thread is told who said so, as it is of
 * everything that comes into a conversation from elsewhere.
 */
final class Sayings {
    private final Talk talk;
    private final SlackCalls calls;
    private final PrivateWords words;

    Sayings(Talk talk, SlackCalls calls, PrivateWords words) {
        this.talk = talk;
        this.calls = calls;
        this.words = words;
    }

    /** Says it where it was pressed; what is pressed in the App Home is said in the direct talk. */
    void say(Press press, String identity, Act.Say say) throws InterruptedException {
        if (press.where().isPresent()) {
            say(press, identity, press.where().get(), say.text());
        } else if (calls.directTalk(press.workspace(), press.user()) instanceof Answer.Ok<String>(String channel)) {
            say(press, identity, new Place(press.workspace(), channel, ""), say.text());
        } else {
            words.tell(
                    press.to(), "Slack did not let me open a direct message, so nothing was asked. Please try again.");
        }
    }

    private void say(Press press, String identity, Place place, String text) throws InterruptedException {
        talk.said(place, press.act(), identity, text, press.to());
    }
}
