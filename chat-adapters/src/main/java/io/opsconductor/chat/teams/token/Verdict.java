package io.opsconductor.chat.teams.token;

/** Whether a request is from the Bot Connector, for us, and about what it says. */
public sealed interface Verdict {
    /**
     * It is.
     *
     * @param address to which answers go
     * @param tenant in which it happened
     */
    record Genuine(ServiceAddress address, String tenant) implements Verdict {}

    /** It is not, for the first reason that was found. */
    record Refused(Reason reason) implements Verdict {}

    /** That cannot be known now; the connector sends it again. */
    record NotNow(String why) implements Verdict {}

    /** Why a request is refused. */
    enum Reason {
        /** It has no bearer token. */
        NO_TOKEN,
        /** Its token is no signed JWT, or too long for one. */
        MALFORMED,
        /** Its token is signed in another way than RS256, or with conditions that we do not know. */
        ALGORITHM,
        /** Its token's key is not among those that are published. */
        UNKNOWN_KEY,
        /** The signature is another. */
        SIGNATURE,
        /** Its token comes from somebody else than the Bot Connector. */
        ISSUER,
        /** Its token is for somebody else, or for several. */
        AUDIENCE,
        /** Its token has ended, or never ends. */
        EXPIRED,
        /** Its token begins later, or never began. */
        NOT_YET,
        /** The activity is not of Teams. */
        CHANNEL,
        /** The key may not sign for Teams. */
        ENDORSEMENT,
        /** The activity is to be answered elsewhere than its token says. */
        SERVICE_URL,
        /** The activity is to be answered at a host to which no token of ours may go. */
        SERVICE_HOST,
        /** The activity is of a tenant that may not use the application, of none, or of two. */
        TENANT
    }
}
