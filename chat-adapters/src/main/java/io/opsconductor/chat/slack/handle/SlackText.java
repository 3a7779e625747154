package io.opsconductor.chat.slack.handle;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What somebody wrote, from Slack's mark-up to plain words. Slack puts what it recognised into {@code <...>} and escapes
 * every such character that a person typed, so what stands in brackets here is Slack's and never the person's.
 */
final class SlackText {
    private static final Pattern BRACKETS = Pattern.compile("<([^<>]{0,4000})>");
    private static final Pattern CODE = Pattern.compile("```.*?```|`[^`\n]*`", Pattern.DOTALL);
    private static final Pattern CODE_TOKEN = Pattern.compile("```([^\\s`]+)```|`([^\\s`]+)`");
    private static final Pattern BOLD_TOKEN =
            Pattern.compile("(?<![^\\s(])\\*([A-Za-z0-9][A-Za-z0-9._/:@-]*)\\*(?![^\\s,.;:!?)])");
    private static final Pattern ALL_CODE = Pattern.compile("\\s*(`{1,3})([^`]+)\\1\\s*");
    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}._-]+");
    private static final int LONGEST_NAME = 60;
    private static final Pattern SPACES = Pattern.compile("[ \\t\\u00A0\\u2007\\u202F]+");

    /** How a user is called. */
    interface Names {
        String of(String user) throws InterruptedException;
    }

    private SlackText() {}

    /**
     * The words.
     *
     * @param raw as Slack sent it
     * @param ourselves the id of our own user, whose mentions are dropped
     * @param names the name of another user, by id
     */
    static String plain(String raw, String ourselves, Names names) throws InterruptedException {
        StringBuilder words = new StringBuilder(raw.length());
        Matcher brackets = BRACKETS.matcher(raw);
        while (brackets.find()) {
            brackets.appendReplacement(words, Matcher.quoteReplacement(read(brackets.group(1), ourselves, names)));
        }
        brackets.appendTail(words);
        return tidy(unescaped(withoutMarks(words.toString())));
    }

    /** Whether Slack recognised a mention of this user outside code. */
    static boolean mentions(String raw, String user) {
        String spoken = CODE.matcher(raw).replaceAll(" ");
        return spoken.contains("<@" + user + ">") || spoken.contains("<@" + user + "|");
    }

    private static String read(String inside, String ourselves, Names names) throws InterruptedException {
        int bar = inside.indexOf('|');
        String what = bar < 0 ? inside : inside.substring(0, bar);
        String label = bar < 0 ? "" : inside.substring(bar + 1);
        if (what.startsWith("@")) {
            String user = what.substring(1);
            return user.equals(ourselves) ? " " : "@" + oneWord(names.of(user));
        }
        if (what.startsWith("#")) {
            return label.isEmpty() ? what : "#" + label;
        }
        if (what.startsWith("!date^")) {
            return label;
        }
        if (what.startsWith("!")) {
            return " ";
        }
        return label.isEmpty() ? what.replaceFirst("^(mailto|tel):", "") : label;
    }

    /** People put names, or all they say, into code or bold type; code with spaces in the middle of a text stays as it is. */
    private static String withoutMarks(String text) {
        Matcher all = ALL_CODE.matcher(text);
        String spoken = all.matches() ? all.group(2) : text;
        String plain = CODE_TOKEN
                .matcher(spoken)
                .replaceAll(
                        token -> Matcher.quoteReplacement(token.group(1) == null ? token.group(2) : token.group(1)));
        return BOLD_TOKEN.matcher(plain).replaceAll("$1");
    }

    /** People choose their names: one word is what a name may add to somebody else's sentence. */
    private static String oneWord(String name) {
        String word = NO_WORD.matcher(name).replaceAll("-");
        return word.length() <= LONGEST_NAME ? word : word.substring(0, LONGEST_NAME);
    }

    private static String unescaped(String text) {
        return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    }

    private static String tidy(String text) {
        String straight = text.replace('\u201C', '"')
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
