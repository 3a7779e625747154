package io.opsconductor.chat.slack.handle;

import io.opsconductor.chat.act.Act;
import io.opsconductor.chat.call.Answer;
import io.opsconductor.chat.slack.call.SlackCalls;
import io.opsconductor.chat.slack.workspace.Workspace;

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
            talk.said(press.where().get(), press.act(), identity, say.text(), press.to());
        } else {
            inDirectTalk(press.workspace(), press.user(), press.act(), identity, say.text(), press.to());
        }
    }

    /**
     * Says it in the direct talk, where nobody else reads along; false when Slack opens none, which the person is told.
     *
     * @param act names what they did, the same each time that it is brought
     */
    boolean inDirectTalk(Workspace workspace, String user, String act, String identity, String text, PrivateWords.To to)
            throws InterruptedException {
        if (calls.directTalk(workspace, user) instanceof Answer.Ok<String>(String channel)) {
            talk.said(new Place(workspace, channel, ""), act, identity, text, to);
            return true;
        }
        words.tell(to, "Slack did not let me open a direct message, so nothing was asked. Please try again.");
        return false;
    }
}
