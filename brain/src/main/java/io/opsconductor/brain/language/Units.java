package io.opsconductor.brain.language;

import io.opsconductor.brain.intent.Entity;
import io.opsconductor.tool.CatalogueEntry.Parameter;
import io.opsconductor.tool.ParameterType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers in the unit that a parameter is called by: "2 days" are 48 for "hours", "2 GB" are 2048 for "megabytes". */
public final class Units {
    private static final Map<String, Long> SECONDS = Map.of("s", 1L, "m", 60L, "h", 3600L, "d", 86_400L);
    private static final Map<String, Long> BYTES =
            Map.of("b", 1L, "kb", 1L << 10, "mb", 1L << 20, "gb", 1L << 30, "tb", 1L << 40);
    private static final Pattern PERIOD = Pattern.compile("(\\d{1,9})([smhd])");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,9}(?:[.]\\d{1,3})?)\\s*(\\p{Alpha}+)");
    /** "500M": short for minutes by its form alone, and never meant so in capitals. */
    private static final Pattern MEGABYTES = Pattern.compile("\\d{1,9}M");

    private final Language language;

    public Units(Language language) {
        this.language = language;
    }

    /** The unit that a parameter is called by, or an empty text: "hours", "min_seconds", "megabytes". */
    public String of(Parameter parameter) {
        String noun = parameter.name().substring(parameter.name().lastIndexOf('_') + 1);
        String size = noun.length() < 3 ? "" : size(noun);
        return size.isEmpty() && noun.length() > 3 ? period(noun) : size;
    }

    /** A unit of time in its short form, or an empty text. */
    String period(String lower) {
        for (String unit : new String[] {"second=s", "minute=m", "hour=h", "day=d"}) {
            int equals = unit.indexOf('=');
            if (language.is("unit-" + unit.substring(0, equals), lower)) {
                return unit.substring(equals + 1);
            }
        }
        return "";
    }

    /** A unit of size in its short form, or an empty text. */
    String size(String lower) {
        return language.mapped("unit-size", lower);
    }

    /** Whether it is said in a unit of size or of long times, so that it counts nothing else: "500 MB", "3 months". */
    public boolean isMeasured(Entity.Value number) {
        Matcher said = SIZE.matcher(number.text());
        return said.find()
                && (!size(Word.lower(said.group(2))).isEmpty() || language.is("unit-long", Word.lower(said.group(2))));
    }

    /** What is said in another unit or in the same one; empty where it is no such number, or would have to be rounded. */
    public Optional<String> in(String unit, Entity.Value value) {
        if (BYTES.containsKey(unit)) {
            Matcher said = SIZE.matcher(value.text());
            boolean size = value.type() == ParameterType.INTEGER
                    || MEGABYTES.matcher(value.text()).matches();
            return size && said.find()
                    ? whole(said.group(1), BYTES, size(Word.lower(said.group(2))), unit)
                    : Optional.empty();
        }
        Matcher said = PERIOD.matcher(value.value());
        return value.type() == ParameterType.DURATION && said.matches()
                ? whole(said.group(1), SECONDS, said.group(2), unit)
                : Optional.empty();
    }

    private static Optional<String> whole(String number, Map<String, Long> sizes, String from, String to) {
        BigDecimal of = BigDecimal.valueOf(sizes.getOrDefault(from, 0L));
        BigDecimal[] parts =
                new BigDecimal(number).multiply(of).divideAndRemainder(BigDecimal.valueOf(sizes.getOrDefault(to, 1L)));
        return of.signum() == 0 || parts[1].signum() != 0 || parts[0].signum() == 0
                ? Optional.empty()
                : Optional.of(parts[0].setScale(0, RoundingMode.UNNECESSARY).toPlainString());
    }
}
