package io.opsconductor.brain;

import io.opsconductor.brain.Measures.Stage;
import io.opsconductor.brain.answer.Answers;
import io.opsconductor.brain.approval.ApprovalRequest;
import io.opsconductor.brain.approval.Approvals;
import io.opsconductor.brain.approval.Previewed;
import io.opsconductor.brain.approval.Previews;
import io.opsconductor.brain.audit.Audit;
import io.opsconductor.brain.catalogue.Knowledge;
import io.opsconductor.brain.catalogue.KnowledgeSource;
import io.opsconductor.brain.catalogue.KnowledgeSources;
import io.opsconductor.brain.conversation.ChatMessage;
import io.opsconductor.brain.conversation.Drafts;
import io.opsconductor.brain.conversation.Reply;
import io.opsconductor.brain.conversation.ThreadLanguage;
import io.opsconductor.brain.conversation.ThreadMemory;
import io.opsconductor.brain.conversation.ThreadWriting;
import io.opsconductor.brain.history.Inquirer;
import io.opsconductor.brain.history.PolicyInquirer;
import io.opsconductor.brain.intent.Intent;
import io.opsconductor.brain.intent.Overheard;
import io.opsconductor.brain.intent.ThreadState;
import io.opsconductor.brain.language.Speech;
import io.opsconductor.brain.model.ModelUnavailableException;
import io.opsconductor.brain.outputs.Narrowed;
import io.opsconductor.brain.outputs.Narrowing;
import io.opsconductor.brain.planning.Draft;
import io.opsconductor.brain.planning.ExactRequest;
import io.opsconductor.brain.planning.Planning;
import io.opsconductor.brain.planning.Rollout;
import io.opsconductor.brain.planning.RolloutWords;
import io.opsconductor.brain.planning.Rollouts;
import io.opsconductor.brain.planning.ToolListing;
import io.opsconductor.brain.revision.DryRun;
import io.opsconductor.plan.PreviewRequest;
import io.opsconductor.plan.Tenant;
import io.opsconductor.tool.Catalogue;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The way of a message, in the stages of the founding document: {@code ChatMessage -> Intent -> ToolChoice -> Plan ->
 * Preview -> ApprovalRequest}. From there a person goes on: {@link io.opsconductor.brain.approval.Decisions} makes the
 * {@code ApprovedPlan}, and {@link io.opsconductor.brain.routing.ExecutionRouter} (stage E) the {@code Execution} and its
 * result.
 */
public final class Pipeline {
    /** What a message means that says nothing but how. */
    private static final String ONCE_MORE = "again";

    private final Tenancy tenancy;
    private final KnowledgeSources sources;
    private final Stages builtin;
    private final Optional<ModelStages> model;
    private final Overheard overheard;
    private final Narrowing narrowing;
    private final ToolListing tools;
    private final RolloutWords rolloutWords;
    private final Rollouts rollouts;
    private final Previews previews;
    private final Approvals approvals;
    private final Cancelling cancelling;
    private final DryRun dryRun;
    private final Inquirer inquirer;
    private final PolicyInquirer policyInquirer;
    private final Drafts drafts;
    private final ThreadLanguage languages;
    private final ThreadMemory memory;
    private final Audit audit;
    private final Measures measures;
    private final Clock clock;

    /**
     * The way of messages.
     *
     * @param builtin the stages without a model
     * @param model the stages with one, if one is set
     */
    public Pipeline(
            Tenancy tenancy,
            KnowledgeSources sources,
            Stages builtin,
            Optional<ModelStages> model,
            Overheard overheard,
            Narrowing narrowing,
            ToolListing tools,
            RolloutWords rolloutWords,
            Rollouts rollouts,
            Previews previews,
            Approvals approvals,
            Cancelling cancelling,
            DryRun dryRun,
            Inquirer inquirer,
            PolicyInquirer policyInquirer,
            Drafts drafts,
            ThreadLanguage languages,
            ThreadMemory memory,
            Audit audit,
            Measures measures,
            Clock clock) {
        this.tenancy = tenancy;
        this.sources = sources;
        this.builtin = builtin;
        this.model = model;
        this.overheard = overheard;
        this.narrowing = narrowing;
        this.tools = tools;
        this.rolloutWords = rolloutWords;
        this.rollouts = rollouts;
        this.previews = previews;
        this.approvals = approvals;
        this.cancelling = cancelling;
        this.dryRun = dryRun;
        this.inquirer = inquirer;
        this.policyInquirer = policyInquirer;
        this.drafts = drafts;
        this.languages = languages;
        this.memory = memory;
        this.audit = audit;
        this.measures = measures;
        this.clock = clock;
    }

    /** Works out the reply to a message; nothing takes effect before the reply is recorded. */
    public Reply answer(ChatMessage message) {
        Optional<Tenant> tenant = tenancy.of(message.sender());
        if (tenant.isEmpty()) {
            // Taken before the configuration changed.
            return message.isOverheard()
                    ? Reply.none()
                    : Answers.refuse(Tenancy.nobodys(message.sender()), languages.speech(message.conversation()));
        }
        KnowledgeSource source = sources.of(tenant.get());
        Optional<Knowledge> knowledge = source.current();
        Reply reply = knowledge.isPresent() ? answer(message, knowledge.get()) : unknown(message, source);
        if (!reply.isForUs()) {
            audit.notForUs(message);
            return reply;
        }
        measures.requestReceived();
        measures.took(Stage.MESSAGE, Duration.between(message.at(), clock.instant()));
        return reply;
    }

    private Reply unknown(ChatMessage message, KnowledgeSource source) {
        return message.isOverheard()
                ? Reply.none()
                : Answers.noKnowledge(source.problem(), languages.speech(message.conversation()));
    }

    private Reply answer(ChatMessage message, Knowledge knowledge) {
        // What people say to one another is none of a model's business, and goes on from no result.
        if (message.isOverheard()) {
            return answer(message, knowledge, builtin, "");
        }
        Optional<ExactRequest.Read> exact = ExactRequest.of(message.text(), knowledge);
        if (exact.isPresent()) {
            return exactly(message, exact.get(), knowledge);
        }
        return switch (narrowed(message)) {
            case Narrowed.Unchanged() -> understood(message, knowledge, "");
            case Narrowed.Named(String text, String note) -> understood(message.saying(text), knowledge, note);
            case Narrowed.Again(Draft draft, String note) -> {
                audit.intent(message, Intent.Again.class.getSimpleName());
                yield propose(
                        message,
                        Notes.on(builtin.planning().resume(draft, knowledge), note),
                        languages.speech(message.conversation()));
            }
            case Narrowed.Unclear(String reply) -> {
                audit.intent(message, Intent.NotForUs.class.getSimpleName());
                yield Answers.say(reply);
            }
        };
    }

    /** Nothing is understood here, so it is the same with a model and without. */
    private Reply exactly(ChatMessage message, ExactRequest.Read request, Knowledge knowledge) {
        audit.intent(message, ExactRequest.class.getSimpleName());
        Planning planning = switch (request) {
            case ExactRequest.Read.Drafted(Draft draft) ->
                measures.timed(Stage.PLANNING, () -> builtin.planning().resume(draft, knowledge));
            case ExactRequest.Read.Refused(Planning.Refusal refusal) -> refusal;
        };
        Speech speech = languages.speech(message.conversation());
        Optional<ApprovalRequest> older = approvals
                .lastPending(message.conversation(), message.sender())
                .filter(waiting -> waiting.offers(message.text()));
        return planning instanceof Planning.Planned planned && older.isPresent()
                ? remembering(message, planned, inPlaceOf(older.get(), message, planned, speech))
                : propose(message, planning, speech);
    }

    /** What the sender chose below a plan that waits takes its place. */
    private Reply inPlaceOf(ApprovalRequest older, ChatMessage message, Planning.Planned planned, Speech speech) {
        return switch (measures.timed(Stage.PREVIEW, () -> previews.of(message, planned))) {
            case Previewed.Shown(var request) -> {
                measures.planGenerated();
                yield approvals.showInPlaceOf(older, request, speech);
            }
            case Previewed.Refused refused -> shown(refused, message, speech);
        };
    }

    /** "the ones above 80%" are named before anybody reads on: what a result says is no business of the stages. */
    private Narrowed narrowed(ChatMessage message) {
        if (!narrowing.mayMean(message.text())) {
            return new Narrowed.Unchanged();
        }
        boolean answers = drafts.of(message.conversation(), message.sender()).isPresent();
        return narrowing.of(message.text(), memory.result(message.conversation()), answers);
    }

    private Reply understood(ChatMessage message, Knowledge knowledge, String note) {
        if (model.isEmpty()) {
            return answer(message, knowledge, builtin, note);
        }
        try {
            return answer(message, knowledge, model.get().forOneMessage(), note);
        } catch (ModelUnavailableException e) {
            measures.modelWasUnavailable();
            return answer(message, knowledge, builtin, Notes.after(note, e.sentence()));
        }
    }

    /** @param note what to say about how it was understood; empty for nothing */
    private Reply answer(ChatMessage written, Knowledge knowledge, Stages stages, String note) {
        // "one at a time" is no part of what is wanted, but of how; alone, it is about what was planned last.
        RolloutWords.Said said = rolloutWords.read(written.text());
        ChatMessage message =
                said.rollout().equals(Rollout.USUAL) ? written : written.saying(said.isAll() ? ONCE_MORE : said.rest());
        // A: what is wanted
        Optional<Draft> asked = drafts.of(message.conversation(), message.sender());
        ThreadState thread = new ThreadState(
                asked,
                memory.of(message.conversation()),
                inquirer.hasMore(message.conversation(), message.sender()),
                languages.of(message.conversation()));
        Intent intent = measures.timed(Stage.INTENT, () -> stages.intents().classify(message, knowledge, thread));
        audit.intent(message, intent.getClass().getSimpleName());
        if (message.isOverheard() && !overheard.mayBeForUs(intent)) {
            return Reply.none();
        }
        String language = languages.spoken(message, intent, thread.language());
        Heard heard = new Heard(message, said.rollout(), note, languages.in(language));
        Reply reply = reply(heard, knowledge, stages, asked, intent);
        return language.equals(thread.language()) || !reply.isForUs()
                ? reply
                : recording(writing -> languages.keep(writing.tx(), message.conversation(), language), reply);
    }

    /**
     * A message as it is worked on.
     *
     * @param rollout how it asks things to run
     * @param note what to say about how it was understood; empty for nothing
     */
    private record Heard(ChatMessage message, Rollout rollout, String note, Speech speech) {}

    private Reply reply(Heard heard, Knowledge knowledge, Stages stages, Optional<Draft> asked, Intent intent) {
        ChatMessage message = heard.message();
        return switch (intent) {
            // B: with which tools; C: what exactly
            case Intent.RunTools run -> {
                var choices =
                        measures.timed(Stage.SELECTION, () -> stages.selection().select(run, knowledge));
                Planning plan =
                        measures.timed(Stage.PLANNING, () -> stages.planning().plan(choices, knowledge));
                yield message.isOverheard() && !overheard.isRequest(message.text(), plan, knowledge)
                        ? Reply.none()
                        : propose(heard, plan, knowledge);
            }
            case Intent.Answered(var draft) -> {
                Planning plan =
                        measures.timed(Stage.PLANNING, () -> stages.planning().resume(draft, knowledge));
                Rollout rollout = heard.rollout().over(asked.map(Draft::rollout).orElse(Rollout.USUAL));
                yield message.isOverheard() && !overheard.isAnswer(message.text(), asked, plan)
                        ? Reply.none()
                        : propose(new Heard(message, rollout, heard.note(), heard.speech()), plan, knowledge);
            }
            case Intent.Again(var draft) ->
                propose(
                        heard,
                        measures.timed(Stage.PLANNING, () -> stages.planning().resume(draft, knowledge)),
                        knowledge);
            case Intent.AskTools(var language) ->
                Answers.say(tools.text(new Catalogue(knowledge.tools().version(), knowledge.reachable()), language));
            case Intent.AskApproval question -> {
                Planning plan = stages.planning().plan(stages.selection().select(question.run(), knowledge), knowledge);
                yield switch (plan) {
                    case Planning.Planned planned -> policyInquirer.answer(message, question, planned, heard.speech());
                    case Planning.Question open ->
                        Answers.say(heard.speech().say("policy-incomplete", "question", open.text()));
                    case Planning.Refusal refusal -> Answers.refuse(refusal);
                };
            }
            case Intent.Inquiry inquiry -> inquirer.answer(message, inquiry, knowledge);
            case Intent.SmallTalk(String reply) -> Answers.say(reply);
            case Intent.NotForUs(String reply) -> Answers.say(Notes.after(reply, heard.note()));
            case Intent.Cancel _ -> cancelling.cancel(message, heard.speech());
            case Intent.DryRun _ -> dryRun(message, heard.speech());
            case Intent.BreakGlass(String reason, String said) -> breakGlass(message, reason, heard.speech());
        };
    }

    /** The checks of the sender's own plan that waits. */
    private Reply dryRun(ChatMessage message, Speech speech) {
        Optional<ApprovalRequest> pending = approvals.lastPending(message.conversation(), message.sender());
        if (pending.isEmpty()) {
            return Answers.say(speech.say("dry-run-nothing"));
        }
        return dryRun.checksOf(pending.get())
                .map(checks -> preview(message, checks, speech))
                .orElseGet(() -> Answers.refuse(DryRun.none(pending.get().summary()), speech));
    }

    /** The sender's own plan that waits, once more, for the sender alone to approve. */
    private Reply breakGlass(ChatMessage message, String reason, Speech speech) {
        Optional<ApprovalRequest> pending = approvals.lastPending(message.conversation(), message.sender());
        if (pending.isEmpty()) {
            return message.isOverheard() ? Reply.none() : Answers.say(speech.say("glass-nothing"));
        }
        if (reason.isEmpty() || reason.length() > PreviewRequest.MAX_REASON_CHARS) {
            return Answers.say(speech.say("glass-reason", "limit", Integer.toString(PreviewRequest.MAX_REASON_CHARS)));
        }
        return shown(
                measures.timed(Stage.PREVIEW, () -> previews.breakingGlass(pending.get(), reason)), message, speech);
    }

    private Reply propose(Heard heard, Planning planning, Knowledge knowledge) {
        Planning rolled = Notes.on(planning, heard.note());
        return propose(heard.message(), rollouts.onto(rolled, heard.rollout(), knowledge), heard.speech());
    }

    private Reply propose(ChatMessage message, Planning planning, Speech speech) {
        return switch (planning) {
            // D: what would run, and who has to agree
            case Planning.Planned planned -> remembering(message, planned, preview(message, planned, speech));
            case Planning.Question question -> Answers.ask(message, question, drafts);
            case Planning.Refusal refusal -> recording(thread -> forget(message, thread), Answers.refuse(refusal));
        };
    }

    /** Also what the runner refuses is remembered: "same on web-02" means what was asked last, not what was granted. */
    private Reply remembering(ChatMessage message, Planning.Planned planned, Reply reply) {
        return recording(
                thread -> {
                    forget(message, thread);
                    memory.keep(thread.tx(), message.conversation(), planned.plan());
                },
                reply);
    }

    private void forget(ChatMessage message, ThreadWriting thread) {
        drafts.drop(thread.tx(), message.conversation(), message.sender());
    }

    private Reply preview(ChatMessage message, Planning.Planned planned, Speech speech) {
        return shown(measures.timed(Stage.PREVIEW, () -> previews.of(message, planned)), message, speech);
    }

    private Reply shown(Previewed previewed, ChatMessage message, Speech speech) {
        return switch (previewed) {
            case Previewed.Shown(var request) -> {
                measures.planGenerated();
                yield approvals.show(request, speech);
            }
            case Previewed.Refused(Refusal refusal) -> {
                tenancy.of(message.sender()).map(sources::of).ifPresent(KnowledgeSource::refreshSoon);
                yield Answers.refuse(refusal, speech);
            }
        };
    }

    private static Reply recording(Consumer<ThreadWriting> first, Reply reply) {
        return new Reply() {
            @Override
            public void record(ThreadWriting thread) {
                first.accept(thread);
                reply.record(thread);
            }

            @Override
            public void committed() {
                reply.committed();
            }
        };
    }
}
