package io.opsconductor.chat.slack.handle;

import io.opsconductor.brain.answer.Suggestions;
import io.opsconductor.brain.catalogue.KnowledgeSource;
import io.opsconductor.chat.slack.card.Mrkdwn;
import io.opsconductor.chat.slack.card.SlackMessage;
import java.util.List;
import java.util.stream.Collectors;

/** How to ask, with requests that would work here and now. */
final class Hints {
    /** Slack shows at most four in the assistant pane. */
    private static final int PROMPTS = 4;

    private final KnowledgeSource knowledge;

    Hints(KnowledgeSource knowledge) {
        this.knowledge = knowledge;
    }

    /** Requests to begin with; none while the runner's tools are not known. */
    List<String> suggestions() {
        return knowledge.current().map(Suggestions::of).orElse(List.of());
    }

    List<String> prompts() {
        return suggestions().stream().limit(PROMPTS).toList();
    }

    /** The first words in a channel that we were invited to. */
    SlackMessage hello(String botUser) {
        return message(
                "Hello. To ask for something, mention me with what you want, such as `<@" + botUser + "> " + example()
                        + "`. I answer in a thread, show what would run and where, and run nothing before somebody who may has"
                        + " approved it.");
    }

    /** The first words in the assistant pane. */
    SlackMessage welcome() {
        return message(
                "Hello. Tell me what to look at or what to do, as you would tell a colleague. I show what would run and"
                        + " where, and nothing runs before somebody who may has approved it.");
    }

    /** What a command without words is answered. */
    SlackMessage help(String command, String botUser) {
        String how = "*How to ask*\n"
                + "• `" + command + " " + example() + "` in a channel that I am in\n"
                + "• mention <@" + botUser + "> in a channel; in its thread you need not mention me again\n"
                + "• write to me in a direct message\n"
                + "• on a message: More actions, then _Ask OpsConductor about this_\n"
                + "I show what would run and where; nothing runs before somebody who may has approved it.";
        return message(how);
    }

    private String example() {
        return suggestions().stream().findFirst().map(Mrkdwn::escape).orElse("help");
    }

    private SlackMessage message(String text) {
        String examples =
                suggestions().stream().map(line -> "• " + Mrkdwn.escape(line)).collect(Collectors.joining("\n"));
        return new SlackMessage(examples.isEmpty() ? text : text + "\n*For example*\n" + examples, List.of());
    }
}
