package io.opsconductor.chat.slack.card;

import static org.junit.jupiter.api.Assertions.fail;

import com.google.gson.JsonElement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Golden files, in {@code src/test/resources/slack/cards}. After a wanted change, write them anew and look at the difference:
 * {@code ./mvnw test -pl chat-adapters -am -Dtest='*CardGolden*' -Dsurefire.failIfNoSpecifiedTests=false -Dgoldens=write}.
 */
final class Goldens {
    private static final Path FOLDER = Path.of("src/test/resources/slack/cards");
    private static final int AROUND = 3;

    private Goldens() {}

    static void check(String name, JsonElement json) throws IOException {
        Path file = FOLDER.resolve(name + ".json");
        String now = SlackJson.pretty(json);
        if (System.getProperty("goldens", "").equals("write")) {
            Files.createDirectories(FOLDER);
            Files.writeString(file, now);
            return;
        }
        if (!Files.exists(file)) {
            fail(file + " is not there. To write it: -Dgoldens=write");
        }
        String golden = Files.readString(file);
        if (!golden.equals(now)) {
            fail(name + " looks different. If that is meant: -Dgoldens=write\n"
                    + difference(golden.lines().toList(), now.lines().toList()));
        }
    }

    /** The lines that differ, between what is the same before and after. */
    private static String difference(List<String> golden, List<String> now) {
        int same = 0;
        while (same < Math.min(golden.size(), now.size()) && golden.get(same).equals(now.get(same))) {
            same++;
        }
        int end = 0;
        while (end < Math.min(golden.size(), now.size()) - same
                && golden.get(golden.size() - 1 - end).equals(now.get(now.size() - 1 - end))) {
            end++;
        }
        StringBuilder out = new StringBuilder("from line " + (same + 1) + ":\n");
        golden.subList(Math.max(0, same - AROUND), same)
                .forEach(line -> out.append("  ").append(line).append('\n'));
        golden.subList(same, golden.size() - end)
                .forEach(line -> out.append("- ").append(line).append('\n'));
        now.subList(same, now.size() - end)
                .forEach(line -> out.append("+ ").append(line).append('\n'));
        now.subList(now.size() - end, Math.min(now.size(), now.size() - end + AROUND))
                .forEach(line -> out.append("  ").append(line).append('\n'));
        return out.toString();
    }
}
