package io.opsconductor.chat.teams.call;

/**
 * Who somebody is in a conversation.
 *
 * @param id by which the bot knows the person, {@code 29:…}
 * @param object the person's id in Entra, in small letters; empty for programs and for whoever has none
 * @param tenant the person's own tenant; empty when Teams does not say
 * @param guest whether the person is a guest, or not signed in at all
 */
public record Member(String id, String object, String tenant, String name, boolean guest) {}
