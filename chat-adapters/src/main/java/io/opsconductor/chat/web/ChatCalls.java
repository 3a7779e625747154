package io.opsconductor.chat.web;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.opsconductor.brain.Acts;
import io.opsconductor.brain.Measures;
import io.opsconductor.brain.Measures.Stage;
import io.opsconductor.brain.Refusal;
import io.opsconductor.brain.answer.Suggestions;
import io.opsconductor.brain.approval.Decided;
import io.opsconductor.brain.approval.Vote;
import io.opsconductor.brain.catalogue.KnowledgeSources;
import io.opsconductor.brain.conversation.ConversationList;
import io.opsconductor.brain.conversation.ConversationTenants;
import io.opsconductor.brain.conversation.Inbox;
import io.opsconductor.brain.conversation.Receipt;
import io.opsconductor.brain.overview.Overview;
import io.opsconductor.kit.http.Edge;
import io.opsconductor.kit.http.HttpProblem;
import io.opsconductor.kit.http.JsonBody;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The calls of the local chat API other than events: messages, decisions, cancelling, and the lists for the page. */
final class ChatCalls {
    /** Enough for the longest message with every character escaped. */
    private static final int MAX_MESSAGE_BYTES = 64 * 1024;

    private static final int MAX_DECISION_BYTES = 8 * 1024;

    private final Acts acts;
    private final ConversationList conversations;
    private final ConversationTenants tenants;
    private final Overview overview;
    private final KnowledgeSources knowledge;
    private final Measures measures;
    private final List<String> users;

    ChatCalls(
            Acts acts,
            ConversationList conversations,
            ConversationTenants tenants,
            Overview overview,
            KnowledgeSources knowledge,
            Measures measures,
            List<String> users) {
        this.acts = acts;
        this.conversations = conversations;
        this.tenants = tenants;
        this.overview = overview;
        this.knowledge = knowledge;
        this.measures = measures;
        this.users = List.copyOf(users);
    }

    void route(HttpRules rules) {
        rules.post("/messages", this::message)
                .post("/approvals/{approval}", this::decide)
                .post("/executions/{execution}/cancel", this::cancel)
                .get("/users", this::users)
                .get("/suggestions", this::suggestions)
                .get("/conversations", this::conversations)
                .get("/overview", this::overview);
    }

    private record Accepted(String conversation, String message) {}

    private void message(ServerRequest request, ServerResponse response) {
        Forms.Message form = JsonBody.read(request, Forms.Message.class, MAX_MESSAGE_BYTES);
        String sender = Forms.identity(form.user());
        String key =
                Forms.idempotencyKey(request).orElseGet(() -> UUID.randomUUID().toString());
        Receipt receipt = acts.inbox()
                .receive(
                        sender + ":" + key,
                        Optional.ofNullable(form.conversation())
                                .map(Forms::conversation)
                                .map(this::open),
                        sender,
                        form.text());
        switch (receipt) {
            case Receipt.Stored(String conversation, String message) ->
                Edge.send(response, 202, new Accepted(conversation, message));
            case Receipt.Refused(Refusal refusal) -> throw problem(refusal);
        }
    }

    /** Only what is said in a workspace begins a conversation there: here it is known, or it is another tenant's or none. */
    private String open(String conversation) {
        if (conversation.matches("(slack|teams)-.*") && !tenants.isOf(conversation, "web")) {
            throw problem(Inbox.unknown(conversation));
        }
        return conversation;
    }

    private record Counted(
            String approval, String status, @Nullable Integer missing) {}

    private void decide(ServerRequest request, ServerResponse response) {
        Forms.Decided form = JsonBody.read(request, Forms.Decided.class, MAX_DECISION_BYTES);
        String approver = Forms.identity(form.user());
        var decision = Forms.decision(form.decision());
        String digest = Forms.digest(form.digest());
        String reason = Forms.reason(form.reason());
        String code = Forms.code(form.code());
        String approval = request.path().pathParameters().get("approval");
        Decided decided = measures.timed(
                Stage.DECISION,
                () -> acts.decisions()
                        .decide(Vote.of(approval, approver, decision, digest)
                                .because(reason)
                                .typing(code)));
        switch (decided) {
            case Decided.Counted(String id, var status, int missing) ->
                Edge.send(response, 200, new Counted(id, status.word(), missing == 0 ? null : missing));
            case Decided.Refused(Refusal refusal) -> throw problem(refusal);
        }
    }

    private void cancel(ServerRequest request, ServerResponse response) {
        Forms.Acted form = JsonBody.read(request, Forms.Acted.class, MAX_DECISION_BYTES);
        String execution = request.path().pathParameters().get("execution");
        acts.router().cancel(execution, Forms.identity(form.user())).ifPresent(refusal -> {
            throw problem(refusal);
        });
        Edge.send(response, 202, Map.of("execution", execution));
    }

    private record User(String name, String about) {}

    private void users(ServerRequest request, ServerResponse response) {
        Edge.send(
                response,
                200,
                Map.of("users", users.stream().map(name -> new User(name, "")).toList()));
    }

    private void suggestions(ServerRequest request, ServerResponse response) {
        Edge.send(
                response,
                200,
                Map.of(
                        "suggestions",
                        knowledge.current("web").map(Suggestions::of).orElse(List.of("help"))));
    }

    private void conversations(ServerRequest request, ServerResponse response) {
        String identity = Forms.identity(request.query().first("user").orElse(""));
        Edge.send(response, 200, Map.of("conversations", conversations.of(identity)));
    }

    private void overview(ServerRequest request, ServerResponse response) {
        String identity = Forms.identity(request.query().first("user").orElse(""));
        Edge.send(response, 200, overview.of(identity));
    }

    static HttpProblem problem(Refusal refusal) {
        return new HttpProblem(refusal.status(), refusal.problem());
    }
}
