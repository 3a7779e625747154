package io.opsconductor.brain.intent;

import io.opsconductor.brain.catalogue.Knowledge;
import io.opsconductor.brain.conversation.ChatMessage;
import io.opsconductor.brain.language.Enumeration;
import io.opsconductor.brain.language.Hostile;
import io.opsconductor.brain.language.Indexes;
import io.opsconductor.brain.language.Indexes.Index;
import io.opsconductor.brain.language.Language;
import io.opsconductor.brain.language.Reading;
import io.opsconductor.brain.language.References;
import io.opsconductor.brain.language.TypedCommand;
import io.opsconductor.brain.language.Verbs;
import io.opsconductor.brain.language.Word;
import io.opsconductor.brain.planning.Draft;
import java.util.List;
import java.util.Optional;

/** Stage A without a model: patterns for whole messages, then clauses with the things they name. Thread-safe. */
public final class BuiltinIntentStage implements IntentStage {
    /** Share of a message's words that must speak of one tool, when it names nothing that we know. */
    private static final double SPEAKS_OF_IT = 0.35;

    private final Indexes indexes;
    private final Language language;
    private final WholeMessages wholeMessages;
    private final Verbs verbs;
    private final References references;

    public BuiltinIntentStage(Indexes indexes) {
        this.indexes = indexes;
        this.language = indexes.language();
        this.wholeMessages = new WholeMessages(language);
        this.verbs = new Verbs(language);
        this.references = new References(language);
    }

    @Override
    public Intent classify(ChatMessage message, Knowledge knowledge, ThreadState thread) {
        Optional<Draft> pending = thread.asked();
        Index index = indexes.of(knowledge);
        String text = Enumeration.spread(message.text()).strip();
        if (text.length() > ChatMessage.MAX_LENGTH) {
            String reply = reply("too-long", Language.ENGLISH, text, knowledge, index)
                    .replace("{length}", Integer.toString(text.length()))
                    .replace("{limit}", Integer.toString(ChatMessage.MAX_LENGTH));
            return new Intent.NotForUs(reply);
        }
        if (text.isBlank()) {
            return new Intent.NotForUs(reply("empty", Language.ENGLISH, text, knowledge, index));
        }
        Optional<Intent> whole = wholeMessages
                .breakGlass(message.text().strip(), thread)
                .or(() -> new Inquiries(index).read(text, thread))
                .or(() -> wholeMessages.read(text, knowledge, index, thread));
        if (whole.isPresent()) {
            return whole.get();
        }
        Optional<Intent> approval = new ApprovalQuestions(language)
                .read(text, thread.language())
                .flatMap(found -> classify(message.saying(found.request()), knowledge, thread.unasked())
                                instanceof Intent.RunTools run
                        ? Optional.of(new Intent.AskApproval(found.person(), run, found.language()))
                        : Optional.empty());
        if (approval.isPresent()) {
            return approval.get();
        }
        String spoken = pending.map(Draft::language).orElse(thread.language());
        Reading reading = index.read(text, spoken);
        Optional<TypedCommand> typed = index.typed(text, spoken);
        Optional<String> hostile = Hostile.in(reading, index.targets(), language);
        if (pending.isPresent()) {
            Optional<Draft> answered = new Answers(index, knowledge)
                    .read(reading, pending.get(), typed.isPresent() || hostile.isPresent());
            if (answered.isPresent()) {
                return new Intent.Answered(answered.get());
            }
        }
        if (typed.isPresent()) {
            return new Intent.RunTools(List.of(
                    new ToolRequest(text, reading.language(), typed.get().place())));
        }
        if (hostile.isPresent()) {
            return new Intent.RunTools(
                    List.of(new ToolRequest(text, reading.language(), List.of(new Entity.Unsafe(hostile.get())))));
        }
        FollowUp followUp = new FollowUp(index, thread.last());
        if (followUp.refersToNothing(reading)) {
            return new Intent.NotForUs(reply("nothing-before", reading.language(), text, knowledge, index));
        }
        return followUp.again(reading).<Intent>map(Intent.Again::new).orElseGet(() -> {
            Reading plain = unquoted(reading, spoken, index);
            return requests(plain.text(), plain, followUp.context(plain), knowledge, index);
        });
    }

    /** With an error message out of its quotes, "we got 'no space left on device' on db-01", when nothing else says what is meant. */
    private Reading unquoted(Reading reading, String spoken, Index index) {
        boolean sentence = reading.words().stream()
                .anyMatch(word -> word.kind() == Word.Kind.QUOTED && word.text().indexOf(' ') > 0);
        if (!sentence || new Clauses(index).speaks(reading) || verbs.mentionsChange(reading)) {
            return reading;
        }
        StringBuilder text = new StringBuilder(reading.text());
        for (Word word : reading.words()) {
            if (word.kind() == Word.Kind.QUOTED) {
                text.setCharAt(word.start() - 1, ' ');
                text.setCharAt(word.end(), ' ');
            }
        }
        return index.read(text.toString(), spoken);
    }

    private Intent requests(String text, Reading reading, List<Entity> context, Knowledge knowledge, Index index) {
        if (staysWhole(reading)) {
            return new Intent.RunTools(List.of(new ToolRequest(text, reading.language(), reading.entities())));
        }
        Clauses cutter = new Clauses(index);
        List<Clauses.Clause> clauses = cutter.of(reading);
        if (clauses.stream().noneMatch(clause -> isOperations(clause, cutter))) {
            return new Intent.NotForUs(reply("out-of-scope", reading.language(), text, knowledge, index));
        }
        List<Clauses.Clause> wanted =
                clauses.stream().filter(clause -> !isUnwanted(clause)).toList();
        boolean told = clauses.stream().anyMatch(clause -> verbs.reports(clause.reading()));
        if (wanted.stream().allMatch(clause -> told && isRemark(clause.reading()))) {
            return new Intent.NotForUs(reply("negated", reading.language(), text, knowledge, index));
        }
        List<ToolRequest> requests = CarriedOver.into(wanted, context, references);
        boolean cut = requests.size() > 1
                && wanted.size() == clauses.size()
                && clauses.stream().noneMatch(Clauses.Clause::statement);
        return new Intent.RunTools(
                requests,
                cut
                        ? CarriedOver.into(List.of(new Clauses.Clause(reading, "", false, false)), context, references)
                                .stream()
                                .findFirst()
                        : Optional.empty());
    }

    /** "before restarting nginx check it", "only the ones above 80%": cut into clauses it would lose what it hangs on. */
    private boolean staysWhole(Reading reading) {
        return !reading.words().isEmpty()
                && (language.is("turned-round", reading.words().getFirst().lower())
                        || language.match("by-result", reading.words(), 0) > 0);
    }

    /** Said not to be done, or told to be done already. */
    private boolean isUnwanted(Clauses.Clause clause) {
        return !clause.statement() && isDeniedOrTold(clause);
    }

    private boolean isDeniedOrTold(Clauses.Clause clause) {
        return verbs.reports(clause.reading())
                || verbs.action(clause.reading()).map(Verbs.Action::negated).orElse(false);
    }

    /** "all runners are back", behind what tells what was done: names nothing, orders nothing and asks nothing. */
    private boolean isRemark(Reading clause) {
        boolean asks = clause.text().strip().endsWith("?")
                || clause.words().stream()
                        .anyMatch(
                                word -> language.is("read-cue", word.term()) && !language.is("statement", word.term()));
        return !asks && clause.entities().isEmpty() && verbs.action(clause).isEmpty() && !verbs.mentionsChange(clause);
    }

    /** Whether it is about servers at all: something a tool does, a target, or a change to a thing we know the kind of. */
    private boolean isOperations(Clauses.Clause clause, Clauses cutter) {
        Reading reading = clause.reading();
        boolean targets = reading.entities().stream().anyMatch(Entity.Targets.class::isInstance);
        boolean value = reading.entities().stream()
                .anyMatch(entity -> entity instanceof Entity.Value named && named.isTechnical());
        if (targets || value || (cutter.speaks(reading) && cutter.coverage(reading) >= SPEAKS_OF_IT)) {
            return true;
        }
        return verbs.action(reading)
                .map(action -> !language.is("weak-action", action.kind())
                        || !reading.entities().isEmpty())
                .orElse(reading.entities().stream().anyMatch(Entity.AmbiguousTarget.class::isInstance));
    }

    private String reply(String key, String code, String text, Knowledge knowledge, Index index) {
        int turn = text.hashCode();
        return language.in(code).reply(key, turn).replace("{examples}", Examples.of(knowledge, index, turn));
    }
}
