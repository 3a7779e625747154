package io.opsconductor.tool;

import java.util.regex.Pattern;

/** Host names, IP addresses and networks by their form alone; nothing is looked up. */
final class Hosts {
    // RFC 1123 labels. Underscores are let in besides: inventories and DNS records have them, and they harm nothing.
    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?");
    // 10, 127.1 or 0x7f000001: programs read such names as addresses, and not all of them as the same one.
    private static final Pattern NUMBER_LIKE = Pattern.compile("[0-9]+|0[xX][0-9A-Fa-f]*");
    private static final Pattern V4 = Pattern.compile("((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(\\.(?!$)|$)){4}");
    private static final Pattern V6_GROUP = Pattern.compile("[0-9A-Fa-f]{1,4}");
    private static final Pattern PREFIX = Pattern.compile("0|[1-9][0-9]{0,2}");

    private Hosts() {}

    static boolean isHost(String text) {
        return isAddress(text) || isName(text);
    }

    static boolean isAddress(String text) {
        return V4.matcher(text).matches() || isV6(text);
    }

    static boolean isNetwork(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return false;
        }
        String address = text.substring(0, slash);
        String prefix = text.substring(slash + 1);
        int bits = address.contains(":") ? 128 : 32;
        return isAddress(address) && PREFIX.matcher(prefix).matches() && Integer.parseInt(prefix) <= bits;
    }

    static String hint(String text) {
        if (text.contains("://")) {
            return "Give the host alone, without http:// or a path.";
        }
        if (text.contains("@")) {
            return "Give the host alone, without a user.";
        }
        return text.matches("[A-Za-z0-9._-]+:[0-9]+") ? "Give the host alone, without a port." : "";
    }

    private static boolean isName(String text) {
        if (text.length() > 253) {
            return false;
        }
        String[] labels = (text.endsWith(".") ? text.substring(0, text.length() - 1) : text).split("\\.", -1);
        for (String label : labels) {
            if (!LABEL.matcher(label).matches()) {
                return false;
            }
        }
        return !NUMBER_LIKE.matcher(labels[labels.length - 1]).matches();
    }

    private static boolean isV6(String text) {
        int gap = text.indexOf("::");
        if (text.length() > 45 || !text.contains(":") || (gap >= 0 && text.indexOf("::", gap + 1) >= 0)) {
            return false;
        }
        if (gap < 0) {
            return groups(text) == 8;
        }
        int before = groups(text.substring(0, gap));
        int after = groups(text.substring(gap + 2));
        // The part before the gap cannot end in dotted form: that is for the end of an address only.
        return before >= 0
                && after >= 0
                && before + after <= 7
                && !text.substring(0, gap).contains(".");
    }

    /** Number of 16-bit groups, a dotted IPv4 ending counting two; -1 when one is malformed. */
    private static int groups(String text) {
        if (text.isEmpty()) {
            return 0;
        }
        String[] parts = text.split(":", -1);
        int count = 0;
        for (int i = 0; i < parts.length; i++) {
            if (V6_GROUP.matcher(parts[i]).matches()) {
                count++;
            } else if (i == parts.length - 1 && V4.matcher(parts[i]).matches()) {
                count += 2;
            } else {
                return -1;
            }
        }
        return count;
    }
}
