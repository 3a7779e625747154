package io.opsconductor.tool;

import io.opsconductor.tool.ParameterCheck.Invalid;
import io.opsconductor.tool.ParameterCheck.Result;
import io.opsconductor.tool.ParameterCheck.Valid;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;

/** URLs and paths by their form. */
final class Addresses {
    private static final Pattern WINDOWS = Pattern.compile("[A-Za-z]:[\\\\/].*");
    private static final Pattern PARENT_SEGMENT = Pattern.compile("(^|.*[/\\\\])\\.\\.([/\\\\].*|$)");

    private Addresses() {}

    /** http and https only, a host that is one, no user or password. The text stays as it is. */
    static Result url(String text) {
        if (ParameterForms.notAscii(ParameterType.URL, text) instanceof Invalid invalid) {
            return invalid;
        }
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            return invalid(text, "Percent-encode blanks and special characters.");
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            return invalid(text, "Write it with http:// or https:// at its beginning.");
        }
        if (uri.getRawAuthority() != null && uri.getRawAuthority().contains("@")) {
            // The value is not repeated: what stands before the @ may be a password.
            return new Invalid(
                    "expected an address without user or password, found one with an @ before the host",
                    "Leave them out; credentials stay with the runner.",
                    java.util.List.of());
        }
        String host = uri.getHost();
        if (host == null || !Hosts.isHost(host.startsWith("[") ? host.substring(1, host.length() - 1) : host)) {
            return invalid(text, "Its host must be a host name or an IP address.");
        }
        if (uri.getPort() == 0 || uri.getPort() > 65_535) {
            return invalid(text, "Its port must be from 1 to 65535.");
        }
        return new Valid(text);
    }

    /**
     * Absolute, POSIX or Windows. Parent segments are refused, so that the path an approver or a policy reads is the
     * path that is used; wild cards are ordinary characters, and letters outside ASCII are possible.
     */
    static Result path(String text) {
        boolean posix = text.startsWith("/");
        if (!posix && !WINDOWS.matcher(text).matches()) {
            String hint = text.startsWith("~")
                    ? "Write the home directory out, such as /home/alice."
                    : "Begin with /, or with a drive such as C:\\ on Windows.";
            return Invalid.of(ParameterForms.words(ParameterType.PATH), text, hint);
        }
        if (PARENT_SEGMENT.matcher(text).matches()) {
            return Invalid.of("a path without .. in it", text, "Write the path that it leads to.");
        }
        return new Valid(text);
    }

    private static Invalid invalid(String text, String hint) {
        return Invalid.of(ParameterForms.words(ParameterType.URL), text, hint);
    }
}
