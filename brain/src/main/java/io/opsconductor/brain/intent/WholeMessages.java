package io.opsconductor.brain.intent;

import io.opsconductor.brain.catalogue.Knowledge;
import io.opsconductor.brain.language.Indexes.Index;
import io.opsconductor.brain.language.Language;
import io.opsconductor.brain.language.Speech;
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

    /** What a message is as a whole; with an open question, a bare "yes" or "ok" may be its answer. */
    Optional<Intent> read(String message, Knowledge knowledge, Index index, ThreadState thread) {
        String plain = normal(message);
        if (plain.isEmpty() || plain.length() > LONGEST) {
            return Optional.empty();
        }
        boolean pending = thread.asked().isPresent();
        for (String code : language.spoken(thread.language())) {
            Speech speech = language.in(code);
            String blunt = blunt(speech, plain);
            Optional<Intent> found = whole(speech, plain, knowledge, index, pending);
            if (found.isEmpty() && !blunt.equals(plain)) {
                found = whole(speech, blunt, knowledge, index, pending);
            }
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** "break glass: REASON"; what stands behind the colon is taken as it is. */
    Optional<Intent> breakGlass(String message, ThreadState thread) {
        int colon = message.indexOf(':');
        String said = normal(colon < 0 ? message : message.substring(0, colon));
        if (said.length() > LONGEST) {
            return Optional.empty();
        }
        String reason = colon < 0 ? "" : message.substring(colon + 1).strip();
        return language.spoken(thread.language()).stream()
                .filter(code -> language.in(code).matches("break-glass", blunt(language.in(code), said)))
                .findFirst()
                .map(code -> new Intent.BreakGlass(reason, code));
    }

    /** Without "could you" and "please". */
    static String blunt(Speech speech, String text) {
        String blunt = speech.plain(text);
        for (Pattern polite : speech.patterns("polite")) {
            blunt = polite.matcher(blunt).replaceAll("");
        }
        return blunt;
    }

    private static Optional<Intent> whole(
            Speech speech, String text, Knowledge knowledge, Index index, boolean pending) {
        int turn = text.hashCode();
        if (speech.matches("cancel", text)) {
            return Optional.of(new Intent.Cancel(speech.code()));
        }
        if (speech.matches("dry-run", text)) {
            return Optional.of(new Intent.DryRun(speech.code()));
        }
        if (speech.matches("help", text)) {
            return Optional.of(new Intent.AskTools(speech.code()));
        }
        Optional<Intent> targets = targets(speech, text, index);
        if (targets.isPresent()) {
            return targets;
        }
        for (String kind : List.of("greeting", "thanks", "goodbye", "ack")) {
            boolean answer = pending && kind.equals("ack");
            if (!answer && speech.matches(kind, text)) {
                String reply = speech.reply(kind, turn).replace("{examples}", Examples.of(knowledge, index, turn));
                return Optional.of(new Intent.SmallTalk(reply));
            }
        }
        return speech.matches("out-of-scope", text)
                ? Optional.of(new Intent.NotForUs(
                        speech.reply("out-of-scope", turn).replace("{examples}", Examples.of(knowledge, index, turn))))
                : Optional.empty();
    }

    private static Optional<Intent> targets(Speech speech, String text, Index index) {
        if (speech.matches("targets", text)) {
            return Optional.of(new Intent.AskTargets(speech.code()));
        }
        for (Pattern pattern : speech.patterns("targets-of")) {
            Matcher matcher = pattern.matcher(speech.plain(text));
            if (matcher.matches()) {
                Set<String> named = index.targets().having(matcher.group("group"));
                if (!named.isEmpty()) {
                    String scope = index.targets().groups().keySet().stream()
                            .filter(group -> named.equals(index.targets().having(group)))
                            .findFirst()
                            .orElse(matcher.group("group"));
                    return Optional.of(new Intent.AskTargets(scope, List.copyOf(named), speech.code()));
                }
            }
        }
        return Optional.empty();
    }

    static String normal(String message) {
        String text = message.toLowerCase(Locale.ROOT)
                .replace('\u2019', '\'')
                .replaceAll("\\s+", " ")
                .strip();
        String bare = text.replaceAll("[\\s.,!;:]+$", "").replaceAll("[,\u00bf\u00a1]", "");

        return bare.length() > 1 ? bare.replaceAll("(?<=\\p{L}) ?\\?+$", "") : bare;
    }
}
