package io.opsconductor.tool;

import io.opsconductor.text.Shown;
import io.opsconductor.tool.ParameterCheck.Invalid;
import io.opsconductor.tool.ParameterCheck.Result;
import io.opsconductor.tool.ParameterCheck.Valid;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a value of each type looks like. The text is not empty, bounded, and has no hidden characters. */
final class ParameterForms {
    private static final Pattern WHOLE = Pattern.compile("0|-?[1-9][0-9]{0,17}");
    private static final Pattern DURATION = Pattern.compile("(0|[1-9][0-9]{0,8})(s|m|h|d)?");
    private static final Pattern SERVICE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.:@-]{0,254}");
    private static final Pattern SQL_IDENTIFIER =
            Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}(\\.[A-Za-z_][A-Za-z0-9_]{0,62}){0,2}");
    private static final Pattern TARGET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,252}");
    private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/-]{0,127}");

    private ParameterForms() {}

    /** The type as a message names it. */
    static String words(ParameterType type) {
        return switch (type) {
            case STRING -> "text";
            case INTEGER -> "a whole number";
            case BOOLEAN -> "true or false";
            case ENUM -> "one of the allowed values";
            case DURATION -> "a duration such as 30s, 5m, 2h or 1d";
            case HOST -> "a host name or an IP address";
            case IP -> "an IP address such as 192.0.2.10 or 2001:db8::1";
            case CIDR -> "a network such as 192.0.2.0/24";
            case PORT -> "a port from 1 to 65535";
            case URL -> "an address that begins with http:// or https://";
            case PATH -> "an absolute path such as /var/log";
            case SERVICE -> "a service name such as nginx";
            case SQL_IDENTIFIER -> "an SQL name such as orders or shop.orders";
            case TARGET -> "the name of a target";
            case SECRET -> "the name of a secret";
        };
    }

    /** The range of a number as a message names it. */
    static String range(CatalogueEntry.Parameter parameter) {
        String unit = parameter.type() == ParameterType.DURATION ? "s" : "";
        String what = parameter.type() == ParameterType.DURATION
                ? "a duration"
                : parameter.type() == ParameterType.PORT ? "a port" : "a whole number";
        if (parameter.min() == null) {
            return what + " of at most " + parameter.max() + unit;
        }
        if (parameter.max() == null) {
            return what + " of at least " + parameter.min() + unit;
        }
        return what + " from " + parameter.min() + unit + " to " + parameter.max() + unit;
    }

    static Result check(ParameterType type, String text) {
        return switch (type) {
            case STRING, ENUM -> new Valid(text);
            case INTEGER ->
                WHOLE.matcher(text).matches()
                        ? new Valid(Long.parseLong(text))
                        : Invalid.of(
                                words(type),
                                text,
                                text.matches("0[0-9]+")
                                        ? "Write it without the leading 0."
                                        : "Write digits only, such as 50.");
            case BOOLEAN -> bool(text);
            case DURATION -> duration(text);
            case PORT -> port(text);
            case HOST -> ascii(type, text, Hosts.isHost(text), Hosts.hint(text));
            case IP -> ascii(type, text, Hosts.isAddress(text), "");
            case CIDR -> ascii(type, text, Hosts.isNetwork(text), "Write the network, a slash, and the prefix length.");
            case SERVICE ->
                ascii(type, text, SERVICE.matcher(text).matches(), "Letters, digits and . _ : @ - are possible.");
            case SQL_IDENTIFIER ->
                ascii(type, text, SQL_IDENTIFIER.matcher(text).matches(), "");
            case TARGET -> ascii(type, text, TARGET.matcher(text).matches(), "Use a name of the inventory.");
            case SECRET -> ascii(type, text, SECRET.matcher(text).matches(), "");
            case URL -> Addresses.url(text);
            case PATH -> Addresses.path(text);
        };
    }

    private static Result bool(String text) {
        return switch (text) {
            case "true" -> new Valid(true);
            case "false" -> new Valid(false);
            default -> new Invalid("expected true or false, found " + Shown.quoted(text), "", List.of("true", "false"));
        };
    }

    private static Result duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            return Invalid.of(
                    words(ParameterType.DURATION),
                    text,
                    "Write a number and s, m, h or d; a bare number counts seconds.");
        }
        long unit = switch (matcher.group(2)) {
            case null -> 1;
            case "m" -> 60;
            case "h" -> 3600;
            case "d" -> 86_400;
            default -> 1;
        };
        return new Valid(Long.parseLong(matcher.group(1)) * unit);
    }

    private static Result port(String text) {
        boolean valid = WHOLE.matcher(text).matches() && text.length() <= 5;
        long port = valid ? Long.parseLong(text) : 0;
        return port >= 1 && port <= 65_535 ? new Valid(port) : Invalid.of(words(ParameterType.PORT), text, "");
    }

    private static Result ascii(ParameterType type, String text, boolean valid, String hint) {
        return notAscii(type, text) instanceof Invalid invalid
                ? invalid
                : valid ? new Valid(text) : Invalid.of(words(type), text, hint);
    }

    /** Refuses a text with a character outside ASCII, naming it, since it may look just like one inside. */
    static Result notAscii(ParameterType type, String text) {
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int c = text.codePointAt(i);
            if (c > 0x7e) {
                return new Invalid(
                        "expected " + words(type) + " in plain ASCII letters, found " + Shown.ascii(text),
                        "Character " + (text.codePointCount(0, i) + 1) + " is " + Shown.escape(c) + " ("
                                + Character.getName(c) + "), which can pass for another letter; type the name anew.",
                        List.of());
            }
        }
        return new Valid(text);
    }
}
