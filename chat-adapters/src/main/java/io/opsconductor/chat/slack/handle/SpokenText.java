package io.opsconductor.chat.slack.handle;

import io.opsconductor.chat.slack.people.SlackPeople;
import io.opsconductor.chat.slack.workspace.Workspace;
import java.util.HashMap;
import java.util.Map;

/** Plain words of what was written in a workspace, with the names of whom they mention. */
final class SpokenText {
    /** More people in one message keep their ids: each name may cost a call. */
    private static final int MOST_NAMES = 10;

    private final SlackPeople people;

    SpokenText(SlackPeople people) {
        this.people = people;
    }

    String of(Workspace workspace, String raw) throws InterruptedException {
        Map<String, String> names = new HashMap<>();
        return SlackText.plain(raw, workspace.botUser(), user -> {
            String known = names.get(user);
            if (known != null || names.size() >= MOST_NAMES) {
                return known == null ? user : known;
            }
            String name = people.name(workspace, user);
            names.put(user, name);
            return name;
        });
    }
}
