package io.opsconductor.brain.answer;

import io.opsconductor.plan.TargetResult;
import io.opsconductor.text.Shown;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Whether a summary that a model wrote may be shown: it is short, every number and every name in it stands in the results,
 * and it asks the reader for nothing.
 */
final class SummaryCheck {
    private static final int LONGEST = 600;
    private static final Pattern NUMBER = Pattern.compile("(?<![\\p{L}\\d.])\\d+(?:\\.\\d+)*");
    /** A word with a digit, a dot, a dash or a slash inside: a host, a file, a version. */
    private static final Pattern NAME =
            Pattern.compile("[\\p{L}\\d_]+(?:[-./:@\\\\_]+[\\p{L}\\d_]+)+|\\p{L}+\\d[\\p{L}\\d]*");
    /** What makes words into something to act on. */
    private static final Pattern SHELL = Pattern.compile("[`$|<>{}\\\\]|&&|(?<=\\s)--?[a-z]|https?:|www\\.");

    /** How targets are usually called: {@code web-server-01}. */
    private static final Pattern HOST = Pattern.compile("\\p{L}[\\p{L}\\d]*(?:-[\\p{L}\\d]+)*-\\d+");

    private static final Pattern COUNTED =
            Pattern.compile("(?i)(\\d+)\\s+(?:\\p{L}+\\s+)?(?:servers?|targets?|hosts?|machines?)\\b");

    private static final Set<String> ACTS = Set.of(
            "run",
            "execute",
            "type",
            "paste",
            "enter",
            "click",
            "open",
            "visit",
            "download",
            "install",
            "approve",
            "deny",
            "call",
            "send",
            "email",
            "contact",
            "restart",
            "reboot",
            "delete",
            "remove",
            "ignore",
            "disable",
            "sudo",
            "curl",
            "wget",
            "ssh",
            "please",
            "must",
            "should",
            "password",
            "token",
            "instructions");
    private static final int SMALL = 12;
    private static final List<String> SMALL_NUMBERS =
            List.of("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve");

    private final String all;
    private final Set<String> targets;
    private final Set<String> counts = new TreeSet<>();

    SummaryCheck(List<TargetResult> results) {
        this.all = results.stream()
                .map(result -> String.join(
                        "\n",
                        result.tool(),
                        result.target(),
                        String.valueOf(result.exitCode()),
                        result.stdout(),
                        result.stderr(),
                        result.reason()))
                .collect(Collectors.joining("\n"));
        this.targets = results.stream().map(TargetResult::target).collect(Collectors.toSet());
        counts.add(Integer.toString(targets.size()));
        counts.add(Integer.toString(results.size()));
        results.stream()
                .collect(Collectors.groupingBy(TargetResult::status, Collectors.counting()))
                .values()
                .forEach(count -> counts.add(count.toString()));
    }

    /** Why it must not be shown; empty when it may. */
    Optional<String> objection(String text) {
        if (text.isBlank() || text.length() > LONGEST) {
            return Optional.of("it has " + text.length() + " characters");
        }
        if (text.codePoints().anyMatch(Shown::isHidden)) {
            return Optional.of("it holds characters that cannot be seen");
        }
        return find(SHELL, text, "it holds what belongs into a shell or an address of the web")
                .or(() -> acts(text))
                .or(() -> numbers(text))
                .or(() -> names(text));
    }

    private static Optional<String> find(Pattern pattern, String text, String why) {
        return pattern.matcher(text).find() ? Optional.of(why) : Optional.empty();
    }

    private static Optional<String> acts(String text) {
        for (String word : text.toLowerCase(Locale.ROOT).split("[^\\p{L}]+", -1)) {
            if (ACTS.contains(word)) {
                return Optional.of("it asks for something to be done (\"" + word + "\")");
            }
        }
        return Optional.empty();
    }

    private Optional<String> numbers(String text) {
        String plain = text;
        // Numbers inside names are checked with the names.
        for (String target : targets) {
            plain = plain.replace(target, " ");
        }
        Matcher counted = COUNTED.matcher(plain);
        while (counted.find()) {
            if (!counts.contains(counted.group(1))) {
                return Optional.of("there are not " + counted.group(1) + " of them in the results");
            }
        }
        Matcher matcher = NUMBER.matcher(plain);
        while (matcher.find()) {
            if (!counts.contains(matcher.group()) && !stands(matcher.group())) {
                return Optional.of("the results do not hold the number " + matcher.group());
            }
        }
        for (int number = 2; number <= SMALL; number++) {
            boolean said = Pattern.compile("(?i)\\b" + SMALL_NUMBERS.get(number - 1) + "\\b")
                    .matcher(plain)
                    .find();
            if (said && !counts.contains(Integer.toString(number)) && !stands(Integer.toString(number))) {
                return Optional.of("the results do not hold the number " + number);
            }
        }
        return Optional.empty();
    }

    private Optional<String> names(String text) {
        Matcher matcher = NAME.matcher(text);
        while (matcher.find()) {
            String name = matcher.group();
            boolean hostLike = name.indexOf('.') > 0 && name.matches(".*\\p{L}.*") && !name.contains("/");
            boolean other = hostLike || HOST.matcher(name).matches();
            boolean allowed = targets.contains(name) || (!other && (stands(name) || isWords(name)));
            if (!allowed) {
                return Optional.of("the results do not hold the name " + Shown.quoted(name));
            }
        }
        return Optional.empty();
    }

    /** "read-only", "exit/reason": plain words that are joined, without a digit. */
    private static boolean isWords(String name) {
        return name.matches("\\p{L}+(?:[-/]\\p{L}+)+") && name.length() <= 24;
    }

    /** Whether it stands in the results as a whole: 5 does not stand in 50, nor web-1 in web-10. */
    private boolean stands(String what) {
        for (int at = all.indexOf(what); at >= 0; at = all.indexOf(what, at + 1)) {
            int end = at + what.length();
            boolean begins = at == 0 || !Character.isLetterOrDigit(all.charAt(at - 1));
            boolean digit = Character.isDigit(what.charAt(what.length() - 1));
            boolean ends = end == all.length()
                    || !(Character.isDigit(all.charAt(end)) || (!digit && Character.isLetterOrDigit(all.charAt(end))));
            if (begins && ends) {
                return true;
            }
        }
        return false;
    }
}
