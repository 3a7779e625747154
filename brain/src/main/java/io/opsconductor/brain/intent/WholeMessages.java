package io.opsconductor.brain.intent;

import io.opsconductor.brain.catalogue.Knowledge;
import io.opsconductor.brain.language.Indexes.Index;
import io.opsconductor.brain.language.Language;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Recognises messages that are something else than a request for a tool as a whole: help, greetings, cancel. */
final class WholeMessages {
    /** Longer messages are no greetings; the bound also keeps the patterns quick. */
    private static final int LONGEST = 160;

    private final Language language;

    WholeMessages(Language language) {
        this.language = language;
    }

    /** {@code pending}: a question is open, so that a bare "yes" or "ok" may be its answer. */
    Optional<Intent> read(String message, Knowledge knowledge, Index index, boolean pending) {
        String plain = normal(message);
        Optional<Intent> found = whole(plain, knowledge, index, pending);
        return found.isPresent() || plain.length() > LONGEST ? found : whole(blunt(plain), knowledge, index, pending);
    }

    /** Without "could you" and "please". */
    private String blunt(String text) {
        String blunt = text;
        for (Pattern polite : language.patterns("polite")) {
            blunt = polite.matcher(blunt).replaceAll("");
        }
        return blunt;
    }

    private Optional<Intent> whole(String text, Knowledge knowledge, Index index, boolean pending) {
        if (text.isEmpty() || text.length() > LONGEST) {
            return Optional.empty();
        }
        int turn = text.hashCode();
        if (matches("cancel", text)) {
            return Optional.of(new Intent.Cancel());
        }
        if (matches("help", text)) {
            return Optional.of(new Intent.AskTools());
        }
        Optional<Intent> targets = targets(text, index);
        if (targets.isPresent()) {
            return targets;
        }
        for (String kind : List.of("greeting", "thanks", "goodbye", "ack")) {
            boolean answer = pending && kind.equals("ack");
            if (!answer && matches(kind, text)) {
                String reply = language.reply(kind, turn).replace("{examples}", Examples.of(knowledge, index, turn));
                return Optional.of(new Intent.SmallTalk(reply));
            }
        }
        return matches("out-of-scope", text)
                ? Optional.of(new Intent.NotForUs(language.reply("out-of-scope", turn)
                        .replace("{examples}", Examples.of(knowledge, index, turn))))
                : Optional.empty();
    }

    private Optional<Intent> targets(String text, Index index) {
        if (matches("targets", text)) {
            return Optional.of(new Intent.AskTargets(""));
        }
        for (Pattern pattern : language.patterns("targets-of")) {
            Matcher matcher = pattern.matcher(text);
            if (matcher.matches()) {
                Set<String> named = index.targets().having(matcher.group("group"));
                for (String group : index.targets().groups().keySet()) {
                    if (!named.isEmpty() && named.equals(index.targets().having(group))) {
                        return Optional.of(new Intent.AskTargets(group));
                    }
                }
                if (!named.isEmpty()) {
                    return Optional.of(new Intent.AskTargets(""));
                }
            }
        }
        return Optional.empty();
    }

    private boolean matches(String key, String text) {
        return language.patterns(key).stream()
                .anyMatch(pattern -> pattern.matcher(text).matches());
    }

    private static String normal(String message) {
        String text = message.toLowerCase(Locale.ROOT)
                .replace('\u2019', '\'')
                .replaceAll("\\s+", " ")
                .strip();
        String bare = text.replaceAll("[\\s.,!;:]+$", "").replaceAll(",", "");

        return bare.length() > 1 ? bare.replaceAll("(?<=\\p{L}) ?\\?+$", "") : bare;
    }
}
