package io.opsconductor.runner.step;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What devices of one family say when they wait, and when they refuse. */
enum DeviceDialect {
    /** Cisco IOS and the many that are like it. */
    IOS(
            "terminal length 0",
            // A log line of the device, such as %SYS-5-CONFIG_I, refuses nothing.
            Pattern.compile("\\s*% ?(?![A-Z0-9_]+-\\d-)[A-Z].*")),
    /** Juniper's JunOS. */
    JUNOS(
            "set cli screen-length 0",
            Pattern.compile("(?i)\\s*(?:unknown command.*|syntax error.*|error: .*|missing argument.*|invalid .*"
                    + "|.* is ambiguous\\.?)"));

    private static final Pattern PROMPT = Pattern.compile(
            "((?:[A-Za-z0-9_.-]{1,64}@)?[A-Za-z0-9_.-][A-Za-z0-9_./:-]{0,63})(?:\\([A-Za-z0-9_.:/ -]{1,40}\\))?[>#] ?");
    private static final Pattern MORE =
            Pattern.compile("(?i)\\s*(?:<?-+ ?\\(?more(?: \\d+%)?\\)? ?-+>?(?:,.*)?|press any key to continue.*)\\s*");
    private static final Pattern QUESTION = Pattern.compile("(?i).*(?:\\[(?:confirm|y/n|yes/no|no|yes|[\\w:/.-]+)\\]"
            + "|\\((?:yes/no|y/n|yes,no)\\)|password)\\s*[?:]?\\s*");

    private final String pagingOff;
    private final Pattern refusal;

    DeviceDialect(String pagingOff, Pattern refusal) {
        this.pagingOff = pagingOff;
        this.refusal = refusal;
    }

    /** The command after which it shows everything at once. */
    String pagingOff() {
        return pagingOff;
    }

    /** Whether a line of output says that it did not do what it was told. */
    boolean refuses(String line) {
        return refusal.matcher(line).matches();
    }

    /** The part of a prompt that stays the same in every mode; empty when the text is no prompt. */
    static String nameIn(String text) {
        Matcher prompt = PROMPT.matcher(text);
        return prompt.matches() ? prompt.group(1) : "";
    }

    /** The family, as far as a prompt tells. */
    static DeviceDialect of(String name) {
        return name.contains("@") ? JUNOS : IOS;
    }

    /** Whether it waits before it shows more. */
    static boolean waitsForMore(String text) {
        return MORE.matcher(text).matches();
    }

    /** Whether it wants something to be confirmed or entered. */
    static boolean asks(String text) {
        return QUESTION.matcher(text).matches();
    }
}
