package io.opsconductor.chat.teams.thread;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A conversation of Teams: a talk, a group's, or a thread of a channel.
 *
 * @param id Teams' own; that of a channel's thread ends with {@code ;messageid=…}
 * @param serviceUrl where answers go
 */
public record TeamsPlace(String tenant, String id, Kind kind, String serviceUrl) {
    /** Sorts of places. */
    public enum Kind {
        PERSONAL,
        GROUP,
        CHANNEL
    }

    /** A channel itself, in which every post begins a thread of its own. */
    public static TeamsPlace channel(String tenant, String id, String serviceUrl) {
        return new TeamsPlace(tenant, id, Kind.CHANNEL, serviceUrl);
    }

    private static final String THREAD = ";messageid=";
    private static final int DIGITS = 24;

    /**
     * Our conversation's id: the same place gives the same, in any process. Teams' ids are long and have signs that ours must
     * not, so it is a digest of them.
     */
    public String conversation() {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest((tenant + "\n" + id).getBytes(StandardCharsets.UTF_8));
            return "teams-" + HexFormat.of().formatHex(digest).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** By which the tenant of everything in it is known: {@code teams:TENANT}. */
    public String origin() {
        return "teams:" + tenant;
    }

    /** The channel, group or talk, without a thread. */
    public String outer() {
        int at = id.indexOf(THREAD);
        return at < 0 ? id : id.substring(0, at);
    }

    /** The thread that a message of a channel begins, when it is in none. */
    public TeamsPlace threadOf(String message) {
        return kind == Kind.CHANNEL && !id.contains(THREAD)
                ? new TeamsPlace(tenant, id + THREAD + message, kind, serviceUrl)
                : this;
    }
}
