package io.opsconductor.chat.teams.handle;

import io.opsconductor.brain.answer.Suggestions;
import io.opsconductor.brain.catalogue.KnowledgeSources;
import io.opsconductor.brain.conversation.ChatEvent;
import io.opsconductor.brain.conversation.Choice;
import io.opsconductor.chat.teams.card.TeamsMessage;
import io.opsconductor.chat.teams.card.Words;
import io.opsconductor.chat.teams.thread.TeamsPlace;
import java.util.List;

/** The first words in a place, with requests that would work here and now. */
final class Greeting {
    private final KnowledgeSources knowledge;

    Greeting(KnowledgeSources knowledge) {
        this.knowledge = knowledge;
    }

    TeamsMessage of(TeamsPlace place) {
        String how = switch (place.kind()) {
            case PERSONAL -> "Tell me what to look at or what to do, as you would tell a colleague.";
            case GROUP -> "Mention me with what you want, and I answer here. Every request begins with a mention.";
            case CHANNEL ->
                "Mention me with what you want, and I answer in the thread. Every request begins with a mention.";
        };
        List<Choice> choices = place.kind() == TeamsPlace.Kind.PERSONAL
                ? knowledge.current(place.origin()).map(Suggestions::of).orElse(List.of()).stream()
                        .map(request -> new Choice(request, request))
                        .toList()
                : List.of();
        return Words.message(ChatEvent.Message.ours(
                        "Hello. " + how
                                + " I show what would run and where, and nothing runs before somebody who may has"
                                + " approved it.",
                        choices))
                .getLast();
    }
}
