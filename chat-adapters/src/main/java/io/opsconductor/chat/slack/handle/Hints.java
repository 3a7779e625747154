package io.opsconductor.chat.slack.handle;

import io.opsconductor.brain.answer.Suggestions;
import io.opsconductor.brain.catalogue.KnowledgeSources;
import io.opsconductor.chat.slack.card.Mrkdwn;
import io.opsconductor.chat.slack.card.SlackMessage;
import io.opsconductor.chat.slack.workspace.Workspace;
import java.util.List;
import java.util.stream.Collectors;

/** How to ask, with requests that would work here and now. */
final class Hints {
    /** Slack shows at most four in the assistant pane. */
    private static final int PROMPTS = 4;

    private final KnowledgeSources knowledge;

    Hints(KnowledgeSources knowledge) {
        this.knowledge = knowledge;
    }

    /** Requests to begin with; none while the runner's tools are not known. */
    List<String> suggestions(Workspace workspace) {
        return knowledge.current(workspace.origin()).map(Suggestions::of).orElse(List.of());
    }

    List<String> prompts(Workspace workspace) {
        return suggestions(workspace).stream().limit(PROMPTS).toList();
    }

    /** The first words in a channel that we were invited to. */
    SlackMessage hello(Workspace workspace) {
        return message(
                workspace,
                "Hello. To ask for something, mention me with what you want, such as `<@" + workspace.botUser()
                        + "> " + example(workspace)
                        + "`. I answer in a thread, show what would run and where, and run nothing before somebody who may has"
                        + " approved it.");
    }

    /** The first words in the assistant pane. */
    SlackMessage welcome(Workspace workspace) {
        return message(
                workspace,
                "Hello. Tell me what to look at or what to do, as you would tell a colleague. I show what would run and"
                        + " where, and nothing runs before somebody who may has approved it.");
    }

    /** What a command without words is answered. */
    SlackMessage help(String command, Workspace workspace) {
        String how = "*How to ask*\n"
                + "• `" + command + " " + example(workspace) + "` in a channel that I am in\n"
                + "• mention <@" + workspace.botUser() + "> in a channel; in its thread you need not mention me again\n"
                + "• write to me in a direct message\n"
                + "• on a message: More actions, then _Ask OpsConductor about this_\n"
                + "I show what would run and where; nothing runs before somebody who may has approved it.";
        return message(workspace, how);
    }

    private String example(Workspace workspace) {
        return suggestions(workspace).stream().findFirst().map(Mrkdwn::escape).orElse("help");
    }

    private SlackMessage message(Workspace workspace, String text) {
        String examples = suggestions(workspace).stream()
                .map(line -> "• " + Mrkdwn.escape(line))
                .collect(Collectors.joining("\n"));
        return new SlackMessage(examples.isEmpty() ? text : text + "\n*For example*\n" + examples, List.of());
    }
}
