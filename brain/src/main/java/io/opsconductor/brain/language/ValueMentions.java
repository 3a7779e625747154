package io.opsconductor.brain.language;

import io.opsconductor.brain.intent.Entity;
import io.opsconductor.brain.language.Word.Kind;
import io.opsconductor.tool.ParameterType;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds typed values by their form and place: addresses, paths, URLs, ports, numbers, durations, services, quotes. */
final class ValueMentions {
    private static final Pattern URL = Pattern.compile("(?i)[a-z][a-z0-9+.-]{1,20}://\\S+");
    private static final Pattern POSIX_PATH = Pattern.compile("~?/.*");
    private static final Pattern WINDOWS_PATH = Pattern.compile("[A-Za-z]:[\\\\/].*|\\\\\\\\[^\\\\].*");
    private static final Pattern IPV4 = Pattern.compile("\\d{1,5}(\\.\\d{1,5}){3}");
    private static final Pattern IPV6 = Pattern.compile("(?=.*:.*:)[0-9A-Fa-f:]+(%\\w+)?|::ffff:[0-9.]+");
    private static final Pattern CIDR =
            Pattern.compile("(\\d{1,5}(\\.\\d{1,5}){3}|[0-9A-Fa-f:]*:[0-9A-Fa-f:]*)/\\d{1,3}");
    private static final Pattern PORT_PROTOCOL = Pattern.compile("(?i)(\\d{1,6})/(tcp|udp)|tcp/(\\d{1,6})");
    private static final Pattern DURATION = Pattern.compile("(?i)(\\d{1,9})([a-z]{1,7})");
    private static final int DAYS_OF_A_WEEK = 7;
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,18}([.]\\d{1,9})?");
    private static final Pattern DOMAIN = Pattern.compile(
            "(?i)[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?){0,20}\\.[a-z][a-z0-9-]*[a-z]\\.?");
    private static final Pattern FILE_NAME = Pattern.compile(
            "(?i).*\\.(log|txt|conf|cnf|cfg|ini|gz|zip|tar|ya?ml|json|xml|csv|out|err|pid|sock|exe|dll|jar|war|properties|bak|old|html?)");
    private static final Pattern UNIT = Pattern.compile("(?i)[a-z0-9@._-]+\\.(service|socket|timer)");
    private static final Pattern SERVICE_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9@._+-]{0,127}");

    private final String text;
    private final List<Word> words;
    private final Language language;
    private final Spelling spelling;
    private final Units units;

    ValueMentions(String text, List<Word> words, Language language, Spelling spelling) {
        this.text = text;
        this.words = words;
        this.language = language;
        this.spelling = spelling;
        this.units = new Units(language);
    }

    /** A value from word {@code at} on; {@code portsGoOn} when the value before was a port ("ports 80 and 443"). */
    Optional<Mention> at(int at, boolean portsGoOn) {
        Word word = words.get(at);
        if (word.kind() == Kind.PORT) {
            return one(at, at + 1, ParameterType.PORT, word.text().substring(1));
        }
        if (word.kind() != Kind.WORD && word.kind() != Kind.QUOTED) {
            return Optional.empty();
        }
        return shaped(at, word)
                .or(() -> number(at, word, portsGoOn))
                .or(() -> namedPort(at, word))
                .or(() -> service(at, word))
                .or(() -> word.kind() == Kind.QUOTED
                        ? one(at, at + 1, ParameterType.STRING, word.text())
                        : Optional.empty());
    }

    private Optional<Mention> shaped(int at, Word word) {
        String value = word.text();
        if (URL.matcher(value).matches()) {
            return one(at, at + 1, ParameterType.URL, value);
        }
        if (CIDR.matcher(value).matches()) {
            return one(at, at + 1, ParameterType.CIDR, value);
        }
        if (IPV4.matcher(value).matches() || IPV6.matcher(value).matches()) {
            return one(at, at + 1, ParameterType.IP, value);
        }
        if (POSIX_PATH.matcher(value).matches() || WINDOWS_PATH.matcher(value).matches()) {
            return one(at, at + 1, ParameterType.PATH, value);
        }
        Matcher port = PORT_PROTOCOL.matcher(value);
        if (port.matches()) {
            return one(at, at + 1, ParameterType.PORT, port.group(1) == null ? port.group(3) : port.group(1));
        }
        if (UNIT.matcher(value).matches()) {
            return one(at, at + 1, ParameterType.SERVICE, value);
        }
        if (word.lower().equals("localhost")
                || (DOMAIN.matcher(value).matches() && !FILE_NAME.matcher(value).matches())) {
            return one(at, at + 1, ParameterType.HOST, value);
        }
        return Optional.empty();
    }

    private Optional<Mention> number(int at, Word word, boolean portsGoOn) {
        Matcher duration = DURATION.matcher(word.text());
        if (duration.matches() && !isStatusCodes(word)) {
            String named = Word.lower(duration.group(2));
            String unit = unit(named);
            if (!unit.isEmpty()) {
                return one(at, at + 1, ParameterType.DURATION, duration.group(1) + unit);
            }
            // "2G", "500mb": a size.
            return units.size(named).isEmpty()
                    ? Optional.empty()
                    : one(at, at + 1, ParameterType.INTEGER, duration.group(1));
        }
        String digits = NUMBER.matcher(word.text()).matches() ? word.text() : spelled(at, word);
        if (digits.isEmpty()) {
            return Optional.empty();
        }
        if (digits.matches("-\\d+")
                && at > 0
                && language.is("last", words.get(at - 1).term())) {
            // "tail -100 /var/log/syslog": an option of old, and no number below nothing.
            digits = digits.substring(1);
        }
        String next = at + 1 < words.size() && words.get(at + 1).isWord()
                ? words.get(at + 1).lower()
                : "";
        if (!unit(next).isEmpty() && next.length() > 1) {
            return one(at, at + 2, ParameterType.DURATION, digits + unit(next));
        }
        if (language.is("unit-week", next) && next.length() > 1 && digits.matches("\\d{1,4}")) {
            return one(at, at + 2, ParameterType.DURATION, DAYS_OF_A_WEEK * Integer.parseInt(digits) + "d");
        }
        boolean port = portsGoOn
                || (at > 0 && language.is("port", words.get(at - 1).term()))
                || (digits.length() > 1 && isOpen(at, next))
                || (inHostPosition(at) && next.isEmpty() && digits.matches("\\d{2,5}"))
                || (isReached(at) && digits.matches("\\d{2,5}"));
        if (port && digits.matches("\\d+")) {
            return one(at, at + 1, ParameterType.PORT, digits);
        }
        boolean introduced = at > 0
                && words.get(at - 1).isWord()
                && (spelling.knows(words.get(at - 1))
                        || language.is("last", words.get(at - 1).lower()));
        int from = introduced ? at - 1 : at;
        int to = next.isEmpty() ? at + 1 : at + 2;
        String context =
                text.substring(words.get(from).start(), words.get(to - 1).end());
        return Optional.of(new Mention(at, at + 1, List.of(new Entity.Value(context, ParameterType.INTEGER, digits))));
    }

    /** "443 open", "443 is open". */
    private boolean isOpen(int at, String next) {
        return language.is("port-state", next)
                || (next.equals("is")
                        && at + 2 < words.size()
                        && language.is("port-state", words.get(at + 2).lower()));
    }

    /** "ten lines", "top five": a number in words, where it can only be one. */
    private String spelled(int at, Word word) {
        String digits = language.mapped("number", word.lower());
        if (digits.isEmpty()) {
            return "";
        }
        boolean after = at > 0 && language.is("last", words.get(at - 1).lower());
        boolean before = at + 1 < words.size()
                && words.get(at + 1).isWord()
                && (spelling.knows(words.get(at + 1))
                        || !unit(words.get(at + 1).lower()).isEmpty())
                && Integer.parseInt(digits) > 1;
        return after || before ? digits : "";
    }

    private String unit(String lower) {
        for (String unit : List.of("second=s", "minute=m", "hour=h", "day=d", "ms=ms")) {
            int equals = unit.indexOf('=');
            if (language.is("unit-" + unit.substring(0, equals), lower)) {
                return unit.substring(equals + 1);
            }
        }
        return "";
    }

    private Optional<Mention> namedPort(int at, Word word) {
        String port = language.port(word.lower());
        boolean beside =
                (at + 1 < words.size() && language.is("port", words.get(at + 1).term()))
                        || (at > 0 && language.is("port", words.get(at - 1).term()));
        boolean open = at + 1 < words.size()
                && language.is("port-state", words.get(at + 1).term());
        return !port.isEmpty() && (beside || open) ? one(at, at + 1, ParameterType.PORT, port) : Optional.empty();
    }

    private Optional<Mention> service(int at, Word word) {
        if (language.isService(word.lower())) {
            return one(at, at + 1, ParameterType.SERVICE, word.text());
        }
        boolean strange = word.kind() == Kind.QUOTED
                || (!language.isOrdinary(word)
                        // "status plus journal": it joins two things.
                        && !language.is("and", word.lower())
                        && !spelling.knows(word)
                        && !language.is("acronym", word.lower())
                        && word.term().equals(word.lower()));
        if (!strange || !SERVICE_NAME.matcher(word.text()).matches()) {
            return Optional.empty();
        }
        int before = at - 1;
        while (before >= 0
                && (language.is("article", words.get(before).lower())
                        || words.get(before).lower().equals("of"))) {
            before--;
        }
        boolean after =
                before >= 0 && language.is("service-before", words.get(before).term());
        boolean followed = at + 1 < words.size()
                && language.is("service-after", words.get(at + 1).term());
        boolean noun = at + 1 < words.size()
                && language.is("service-before", words.get(at + 1).term())
                && language.is("service-after", words.get(at + 1).term());
        boolean predicate = at > 1
                && language.is("statement", words.get(at - 1).term())
                && language.isService(words.get(at - 2).lower());
        return (after || followed || noun) && !predicate && !inHostPosition(at)
                ? one(at, at + 1, ParameterType.SERVICE, word.text())
                : Optional.empty();
    }

    /** "https://example.com throws 500s". */
    private boolean isStatusCodes(Word word) {
        return word.lower().matches("[2345]\\d\\ds")
                && words.stream().anyMatch(other -> URL.matcher(other.text()).matches());
    }

    /** "get to 5432 on db-01", "is 9200 up on app-01": a bare number that something is done to at a host. */
    private boolean isReached(int at) {
        return at > 0
                && at + 2 < words.size()
                && language.is("port-before", words.get(at - 1).term())
                && language.is("host-preposition", words.get(at + 1).lower());
    }

    private boolean inHostPosition(int at) {
        return at > 0 && language.is("host-preposition", words.get(at - 1).lower());
    }

    private Optional<Mention> one(int from, int to, ParameterType type, String value) {
        String written =
                text.substring(words.get(from).start(), words.get(to - 1).end());
        return Optional.of(new Mention(from, to, List.of(new Entity.Value(written, type, value))));
    }
}
