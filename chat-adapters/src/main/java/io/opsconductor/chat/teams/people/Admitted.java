package io.opsconductor.chat.teams.people;

/** Whether somebody may talk to us. */
public sealed interface Admitted {
    /** @param identity {@code teams:TENANT/OBJECTID}, with the person's own tenant */
    record Welcome(String identity, String name) implements Admitted {}

    /** No; {@code why} is for that person. */
    record Refused(String why) implements Admitted {}

    /** It cannot be known now, so the answer is no; {@code why} is for that person. */
    record NotNow(String why) implements Admitted {}
}
