package io.opsconductor.chat.teams.card;

/**
 * Somebody whom a card calls.
 *
 * @param member the id by which the bot knows the person there
 * @param name without signs that mark-up knows
 */
public record Mention(String member, String name) {
    public Mention {
        name = name.replaceAll("[^\\p{L}\\p{N} .'-]", " ").strip();
        name = name.isEmpty() ? "somebody" : name;
    }

    String text() {
        return "<at>" + name + "</at>";
    }
}
