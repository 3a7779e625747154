package io.opsconductor.chat.command;

import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a time of an option: {@code 30s}, {@code 10m}, {@code 2h}. */
public final class TimeOption implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String value) {
        if (!value.matches("[1-9][0-9]{0,6}[smh]")) {
            throw new TypeConversionException(
                    "'" + value + "' is not a time; expected a number with s, m or h, such as 10m");
        }
        long number = Long.parseLong(value.substring(0, value.length() - 1));
        return switch (value.charAt(value.length() - 1)) {
            case 's' -> Duration.ofSeconds(number);
            case 'm' -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
    }
}
