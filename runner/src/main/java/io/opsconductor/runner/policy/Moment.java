package io.opsconductor.runner.policy;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import java.util.Optional;

/** A time as people write it for a question to the policy. */
public final class Moment {
    /** How it may be written. */
    public static final String FORMS = "2026-11-28T23:00+01:00 or 2026-11-28T23:00[Europe/Zurich]";

    private static final DateTimeFormatter FORM = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .optionalStart()
            .appendOffsetId()
            .optionalEnd()
            .optionalStart()
            .appendLiteral('[')
            .parseCaseSensitive()
            .appendZoneRegionId()
            .appendLiteral(']')
            .optionalEnd()
            .toFormatter(Locale.ROOT);

    private Moment() {}

    /** Empty when the text is none, or has neither an offset nor a zone. */
    public static Optional<Instant> read(String text) {
        try {
            return Optional.of(ZonedDateTime.parse(text, FORM).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
