package io.opsconductor.chat.arrival;

/** Where people talk to us. */
public enum Platform {
    SLACK("Slack", "slack"),
    TEAMS("Teams", "teams");

    private final String title;
    private final String word;

    Platform(String title, String word) {
        this.title = title;
        this.word = word;
    }

    /** As people write it. */
    public String title() {
        return title;
    }

    /** Begins its identities, its tables and its threads' names. */
    public String word() {
        return word;
    }
}
