package io.opsconductor.chat.teams.handle;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.chat.teams.receive.Activity;
import java.util.regex.Pattern;

/** What somebody wrote, from Teams' text with mentions to plain words. */
final class TeamsText {
    private static final Pattern TAG = Pattern.compile("</?at[^<>]{0,200}>");
    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}._-]+");
    private static final Pattern SPACES = Pattern.compile("[ \\t\\u00A0\\u2007\\u202F]+");
    private static final int LONGEST_NAME = 60;
    private static final int MOST_MENTIONS = 50;

    private TeamsText() {}

    /** Whether the message calls us. */
    static boolean isForUs(Activity activity) {
        for (JsonNode entity : activity.body().path("entities")) {
            if (isMention(entity) && isUs(activity, entity)) {
                return true;
            }
        }
        return false;
    }

    /** Our own mentions are dropped, and those of others are names of one word. */
    static String plain(Activity activity) {
        String text = Activity.text(activity.body(), "text");
        int mentions = 0;
        for (JsonNode entity : activity.body().path("entities")) {
            String words = Activity.text(entity, "text");
            if (isMention(entity) && !words.isEmpty() && mentions++ < MOST_MENTIONS) {
                text = text.replace(
                        words,
                        isUs(activity, entity) ? " " : "@" + oneWord(Activity.text(entity.path("mentioned"), "name")));
            }
        }
        return tidy(TAG.matcher(text).replaceAll(""));
    }

    private static boolean isMention(JsonNode entity) {
        return Activity.text(entity, "type").equals("mention");
    }

    private static boolean isUs(Activity activity, JsonNode entity) {
        return !activity.bot().isEmpty()
                && Activity.text(entity.path("mentioned"), "id").equals(activity.bot());
    }

    /** People choose their names: one word is what a name may add to somebody else's sentence. */
    private static String oneWord(String name) {
        String word = NO_WORD.matcher(name).replaceAll("-");
        return word.length() <= LONGEST_NAME ? word : word.substring(0, LONGEST_NAME);
    }

    private static String tidy(String text) {
        String straight = text.replace("&nbsp;", " ")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&")
                .replace('\u201C', '"')
                .replace('\u201D', '"')
                .replace('\u201E', '"')
                .replace('\u2018', '\'')
                .replace('\u2019', '\'')
                .replace("\u200B", "")
                .replace("\uFEFF", "")
                .replace("\r\n", "\n");
        return SPACES.matcher(straight).replaceAll(" ").strip();
    }
}
