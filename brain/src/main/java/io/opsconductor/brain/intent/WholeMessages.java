package io.opsconductor.brain.intent;

import io.opsconductor.brain.catalogue.Knowledge;
import io.opsconductor.brain.language.Indexes.Index;
import io.opsconductor.brain.language.Language;
import java.util.Locale;
import java.util.Optional;
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

    Optional<Intent> read(String message, Knowledge knowledge, Index index) {
        String text = normal(message);
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
        for (String kind : java.util.List.of("greeting", "thanks", "goodbye")) {
            if (matches(kind, text)) {
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
                String named = matcher.group("group");
                for (String group : index.targets().groups().keySet()) {
                    if (!index.targets().having(named).isEmpty()
                            && index.targets()
                                    .having(named)
                                    .equals(index.targets().having(group))) {
                        return Optional.of(new Intent.AskTargets(group));
                    }
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
