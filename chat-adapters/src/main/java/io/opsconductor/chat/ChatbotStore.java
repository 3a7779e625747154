package io.opsconductor.chat;

import io.opsconductor.kit.store.command.StoreCommand;

/** {@code opsconductor db} for the chatbot's store. */
public final class ChatbotStore {
    private ChatbotStore() {}

    public static void main(String[] arguments) {
        System.setProperty("OPSCONDUCTOR_LOG_LEVEL", "ERROR");
        System.exit(StoreCommand.of("chatbot", "db/chatbot", System.getenv()).execute(arguments));
    }
}
