package io.opsconductor.runner.inventory;

import io.opsconductor.runner.inventory.ansible.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds in options for ssh what leads through other hosts. */
final class JumpOptions {
    private static final Pattern HOST = Pattern.compile(
            "(?:ssh://)?(?:([A-Za-z0-9_][A-Za-z0-9_.-]*)@)?(?:\\[([0-9A-Fa-f:.]+)]|([A-Za-z0-9][A-Za-z0-9._-]*))"
                    + "(?::([1-9][0-9]{0,4}))?");
    private static final Pattern WITH_VALUE = Pattern.compile("-[BbcDEeFIiLlmOopQRSWw]");

    private JumpOptions() {}

    /** Where options lead. */
    sealed interface Way {}

    /** To the host itself. */
    record Direct() implements Way {}

    /**
     * Through other hosts.
     *
     * @param hosts the one nearest to the runner first
     */
    record Through(List<Host> hosts) implements Way {}

    /**
     * Somewhere that the runner does not go.
     *
     * @param option what leads there
     */
    record Elsewhere(String option) implements Way {}

    /**
     * A host on the way.
     *
     * @param account null when none is named
     * @param port null when none is named
     */
    record Host(
            String host, @Nullable String account, @Nullable Integer port) {}

    /**
     * Where the options lead.
     *
     * @param words null when they could not be told apart, which is taken for the worst
     */
    static Way of(@Nullable List<Words.Word> words) {
        if (words == null) {
            return new Elsewhere("options that cannot be read");
        }
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i).text();
            String next = i + 1 < words.size() ? words.get(i + 1).text() : "";
            if (word.startsWith("-J")) {
                return list("-J", word.length() > 2 ? word.substring(2) : next);
            }
            if (word.startsWith("-F")) {
                return new Elsewhere("-F, a file of its own");
            }
            String option = word.equals("-o") ? next : word.startsWith("-o") ? word.substring(2) : "";
            String[] parts = option.strip().split("\\s*=\\s*|\\s+", 2);
            String value = parts.length < 2 ? "" : parts[1];
            switch (parts[0].toLowerCase(Locale.ROOT)) {
                case "proxyjump" -> {
                    if (!value.equalsIgnoreCase("none")) {
                        return list("ProxyJump", value);
                    }
                }
                case "proxycommand" -> {
                    if (!value.equalsIgnoreCase("none")) {
                        return command(value);
                    }
                }
                default -> {}
            }
        }
        return new Direct();
    }

    private static Way list(String option, String value) {
        List<Host> hosts = new ArrayList<>();
        for (String one : value.split(",", -1)) {
            Host host = host(one.strip());
            if (host == null) {
                return new Elsewhere(option);
            }
            hosts.add(host);
        }
        return new Through(hosts);
    }

    /** Only the one form that says what ProxyJump says: {@code ssh -W %h:%p HOST}. */
    private static Way command(String value) {
        List<Words.Word> words = Words.split(value);
        boolean carries = false;
        String account = null;
        Integer port = null;
        String destination = null;
        if (words == null || words.isEmpty() || !words.getFirst().text().matches("(?:/usr/bin/)?ssh")) {
            return new Elsewhere("ProxyCommand");
        }
        for (int i = 1; i < words.size(); i++) {
            String word = words.get(i).text();
            boolean takesNext = WITH_VALUE.matcher(word).matches();
            String argument = takesNext && i + 1 < words.size()
                    ? words.get(++i).text()
                    : word.length() > 2 ? word.substring(2) : "";
            if (word.startsWith("-W")) {
                carries = argument.matches("\\[?%h]?:%p");
            } else if (word.startsWith("-l")) {
                account = argument;
            } else if (word.startsWith("-p") && argument.matches("[1-9][0-9]{0,4}")) {
                port = Integer.valueOf(argument);
            } else if (word.startsWith("-J")
                    || word.startsWith("-F")
                    || argument.toLowerCase(Locale.ROOT).startsWith("proxy")) {
                return new Elsewhere("ProxyCommand");
            } else if (!word.startsWith("-")) {
                if (destination != null) {
                    return new Elsewhere("ProxyCommand");
                }
                destination = word;
            }
        }
        Host host = destination == null ? null : host(destination);
        return !carries || host == null
                ? new Elsewhere("ProxyCommand")
                : new Through(List.of(new Host(
                        host.host(),
                        host.account() == null ? account : host.account(),
                        host.port() == null ? port : host.port())));
    }

    private static @Nullable Host host(String text) {
        Matcher matcher = HOST.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        String address = matcher.group(2) == null ? matcher.group(3) : matcher.group(2);
        String port = matcher.group(4);
        if (port != null && Integer.parseInt(port) > 65_535) {
            return null;
        }
        return new Host(address, matcher.group(1), port == null ? null : Integer.valueOf(port));
    }
}
