package io.opsconductor.chat.slack.handle;

import io.opsconductor.brain.Refusal;
import io.opsconductor.chat.call.Answer;
import io.opsconductor.chat.slack.call.SlackCalls;
import io.opsconductor.chat.slack.card.Mrkdwn;
import io.opsconductor.chat.slack.card.SlackMessage;
import io.opsconductor.chat.slack.workspace.Workspace;
import java.util.List;
import java.util.Optional;

/**
 * Says in a channel what somebody asked by a command, a button or a form, where nobody would see it otherwise; then it is
 * asked, in the thread where it was said.
 */
final class Spokesman {
    /** Slack's words for "the app cannot post there", as far as an invitation helps. */
    private static final List<String> NOT_THERE = List.of("not_in_channel", "channel_not_found", "no_permission");

    private final OncePosts posts;
    private final Talk talk;
    private final PrivateWords words;

    Spokesman(OncePosts posts, Talk talk, PrivateWords words) {
        this.posts = posts;
        this.talk = talk;
        this.words = words;
    }

    /**
     * Something that somebody wants said and done.
     *
     * @param arrival the id of what brought it: it is said and asked once
     * @param channel where
     * @param threadTs in which thread; empty begins one, or goes on in a direct talk
     * @param user who asks
     * @param identity of who asks
     */
    record Request(
            String arrival,
            Workspace workspace,
            String channel,
            String threadTs,
            String user,
            String identity,
            String text) {}

    /** Says and asks it; when that cannot be, the person is told why. */
    void ask(Request request, PrivateWords.To to) throws InterruptedException {
        Optional<Refusal> problem = talk.problem(request.text());
        if (problem.isPresent()) {
            words.tell(to, problem.get());
            return;
        }
        SlackMessage said =
                new SlackMessage("<@" + request.user() + "> asked: " + Mrkdwn.escape(request.text()), List.of());
        Answer<SlackCalls.Posted> answer = posts.once(
                request.workspace(), request.arrival(), "asked", request.channel(), request.threadTs(), said);
        switch (answer) {
            case Answer.Ok<SlackCalls.Posted>(var posted) -> {
                Place place = Place.ofMessage(request.workspace(), request.channel(), posted.ts(), request.threadTs());
                talk.said(place, "slack:" + request.arrival(), request.identity(), request.text(), to);
            }
            case Answer.Refused<SlackCalls.Posted>(String error, String detail) ->
                words.tell(to, notPosted(request, error, detail));
            case Answer.Limited<SlackCalls.Posted> _ -> words.tell(to, notNow("Slack takes no more messages here now"));
            case Answer.Unreachable<SlackCalls.Posted> _ -> words.tell(to, notNow("Slack cannot be reached"));
            case Answer.Unknown<SlackCalls.Posted> _ -> words.tell(to, notNow("Slack did not answer"));
        }
    }

    private static SlackMessage notPosted(Request request, String error, String detail) {
        String ourselves = "<@" + request.workspace().botUser() + ">";
        if (NOT_THERE.contains(error) && !Place.isDirect(request.channel())) {
            return mrkdwn("I am not in this channel, so I cannot answer here, and nothing was done. Type `/invite` and"
                    + " choose " + ourselves + ", then ask again; or ask me in a direct message.");
        }
        if (NOT_THERE.contains(error)) {
            return mrkdwn(
                    "I am not part of this conversation, so I cannot answer here, and nothing was done. Ask me in a"
                            + " direct message to " + ourselves + ", or in a channel that I am in.");
        }
        String why = error.equals("is_archived") ? "it is archived" : Mrkdwn.escape(detail.isEmpty() ? error : detail);
        return mrkdwn("Slack does not let me write here (" + why
                + "), so nothing was done. Ask me in a direct message to " + ourselves + ".");
    }

    private static SlackMessage notNow(String why) {
        return mrkdwn(why + ", so I could not begin, and nothing was done. Please try again in a moment.");
    }

    private static SlackMessage mrkdwn(String text) {
        return new SlackMessage(text, List.of());
    }
}
