package io.opsconductor.chat.teams.receive;

/** Answers what changes nothing, at once: how a card looks to somebody, and the forms. */
public interface Questions {
    /** A card is looked at by somebody for whom it is refreshed. */
    InvokeAnswer refresh(Activity activity) throws InterruptedException;

    /** A form is opened. */
    InvokeAnswer form(Activity activity) throws InterruptedException;

    /** Something was pressed or sent that was taken before: how it stands. */
    InvokeAnswer again(Activity activity) throws InterruptedException;
}
