package io.opsconductor.brain.conversation;

import io.helidon.dbclient.DbExecute;
import io.opsconductor.brain.intent.Intent;
import io.opsconductor.brain.language.Language;
import io.opsconductor.brain.language.Speech;
import io.opsconductor.brain.planning.Draft;
import io.opsconductor.kit.store.Database;
import io.opsconductor.kit.store.Rows;

/** The language that was spoken last in each conversation, for what is said in it without having been asked just then. */
public final class ThreadLanguage {
    private final Database database;
    private final Language language;

    public ThreadLanguage(Database database, Language language) {
        this.database = database;
        this.language = language;
    }

    /** As ISO 639-1; English where nothing was said yet. */
    public String of(String conversation) {
        return database.one(
                        "select language from conversation where id = ?",
                        row -> Rows.text(row, "language"),
                        conversation)
                .orElse(Language.ENGLISH);
    }

    /** How to speak a language. */
    public Speech in(String code) {
        return language.in(code);
    }

    /**
     * The language that a conversation is in after a message.
     *
     * @param intent what the message asks for
     * @param before the language before it, which stays where the message has none of its own
     */
    public String spoken(ChatMessage message, Intent intent, String before) {
        return switch (intent) {
            case Intent.Inquiry inquiry -> inquiry.language();
            case Intent.AskTools(String said) -> said;
            case Intent.AskApproval asked -> asked.language();
            case Intent.Answered(Draft draft) -> draft.language();
            // "stop" is said in any language.
            case Intent.Cancel(String said) -> before.equals(Language.ENGLISH) ? said : before;
            case Intent.DryRun(String said) -> before.equals(Language.ENGLISH) ? said : before;
            case Intent.BreakGlass(String reason, String said) -> before.equals(Language.ENGLISH) ? said : before;
            case Intent.RunTools _ -> language.of(message.text(), before);
            case Intent.Again _ -> language.of(message.text(), before);
            case Intent.SmallTalk _ -> language.of(message.text(), before);
            case Intent.NotForUs _ -> language.of(message.text(), before);
        };
    }

    /** How to speak in a conversation. */
    public Speech speech(String conversation) {
        return language.in(of(conversation));
    }

    /** Keeps which language was spoken now. */
    public void keep(DbExecute tx, String conversation, String code) {
        tx.dml("update conversation set language = ? where id = ? and language <> ?", code, conversation, code);
    }
}
