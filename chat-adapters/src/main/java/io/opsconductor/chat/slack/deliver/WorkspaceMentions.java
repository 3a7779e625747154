package io.opsconductor.chat.slack.deliver;

import io.opsconductor.brain.People;
import io.opsconductor.chat.deliver.Mentions;
import io.opsconductor.chat.slack.card.Subject;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How people are named in one workspace.
 *
 * @param team its id
 */
public record WorkspaceMentions(String team, People people) implements Mentions {
    private static final Pattern IDENTITY = Pattern.compile("slack:([A-Z0-9]{1,40})/([A-Z0-9]{1,40})");

    @Override
    public String of(String identity) {
        Matcher matcher = IDENTITY.matcher(identity);
        return matcher.matches() && matcher.group(1).equals(team)
                ? "<@" + matcher.group(2) + ">"
                : escaped(people.name(identity));
    }

    /** Somebody whom a sentence of the brain's names. */
    Subject subject(String identity) {
        return new Subject(people.name(identity), of(identity));
    }

    /** Text that stays text in {@code mrkdwn}. */
    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
