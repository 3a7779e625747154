package io.opsconductor.brain.answer;

import io.opsconductor.brain.conversation.ChatEvent;
import io.opsconductor.brain.conversation.Choice;
import io.opsconductor.tool.TargetDirectory;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Says which targets and groups there are. */
public final class TargetListing {
    private static final int MAX_LISTED = 50;

    private TargetListing() {}

    /**
     * The answer to "which servers are there".
     *
     * @param group only its members, or empty for all
     */
    public static ChatEvent of(TargetDirectory directory, String group) {
        if (group.isEmpty()) {
            return everything(directory);
        }
        List<String> members = directory.groups().get(group);
        if (members == null) {
            List<String> groups = directory.groups().keySet().stream().sorted().toList();
            return new ChatEvent.Failure(
                    "unknown_group",
                    "There is no group \"" + group + "\".",
                    groups.isEmpty() ? "The inventory has no groups." : "There are: " + String.join(", ", groups) + ".",
                    groups.stream()
                            .limit(5)
                            .map(name -> new Choice(name, "who is in " + name))
                            .toList(),
                    null);
        }
        return ChatEvent.Message.ours(
                members.isEmpty()
                        ? "The group " + group + " has no members."
                        : "In " + group + ":\n"
                                + lines(members.stream().sorted().toList()));
    }

    private static ChatEvent everything(TargetDirectory directory) {
        if (directory.targets().isEmpty()) {
            return ChatEvent.Message.ours(
                    "The inventory is empty: add targets to the runner's inventory, and they appear here.");
        }
        List<String> lines = directory.targets().stream()
                .map(target -> target.environment().isEmpty()
                        ? target.name()
                        : target.name() + " (" + target.environment() + ")")
                .toList();
        StringBuilder text = new StringBuilder("These targets are known:\n").append(lines(lines));
        if (!directory.groups().isEmpty()) {
            text.append("\n\nGroups:");
            new TreeMap<>(directory.groups())
                    .forEach((name, members) -> text.append("\n- ")
                            .append(name)
                            .append(": ")
                            .append(members.size() <= 5 ? String.join(", ", members) : members.size() + " targets"));
        }
        return ChatEvent.Message.ours(text.toString());
    }

    private static String lines(List<String> names) {
        List<String> shown = new ArrayList<>(
                names.stream().limit(MAX_LISTED).map(name -> "- " + name).toList());
        if (names.size() > MAX_LISTED) {
            shown.add("and " + (names.size() - MAX_LISTED) + " more; ask for a group to see its members");
        }
        return String.join("\n", shown);
    }
}
