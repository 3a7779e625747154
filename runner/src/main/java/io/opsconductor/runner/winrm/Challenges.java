package io.opsconductor.runner.winrm;

import io.opsconductor.runner.winrm.WinRmException.Kind;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a service says in WWW-Authenticate. */
final class Challenges {
    private static final Pattern TOKEN = Pattern.compile("(?i)\\s*(?:negotiate|ntlm)\\s+([A-Za-z0-9+/=]+)\\s*");
    private static final Pattern SCHEME = Pattern.compile("\\s*([A-Za-z0-9-]{1,40})(?=[ ,]|$)");

    private Challenges() {}

    /** The token of the login under way; empty when there is none. */
    static byte[] token(List<String> challenges) throws WinRmException {
        for (String challenge : challenges) {
            Matcher token = TOKEN.matcher(challenge);
            if (token.matches()) {
                try {
                    return Base64.getDecoder().decode(token.group(1));
                } catch (IllegalArgumentException e) {
                    throw new WinRmException(Kind.GARBAGE, "a login token that is not in base64", e);
                }
            }
        }
        return new byte[0];
    }

    /** What a refusal means: another login is wanted, or this one is wrong. */
    static WinRmException refused(List<String> challenges, String scheme) {
        List<String> offered = challenges.stream()
                .map(SCHEME::matcher)
                .filter(Matcher::lookingAt)
                .map(found -> found.group(1))
                .distinct()
                .toList();
        return offered.isEmpty() || offered.stream().anyMatch(scheme::equalsIgnoreCase)
                ? new WinRmException(Kind.LOGIN_REFUSED, "")
                : new WinRmException(Kind.LOGIN_NOT_OFFERED, String.join(", ", offered));
    }
}
