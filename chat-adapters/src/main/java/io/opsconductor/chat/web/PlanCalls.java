package io.opsconductor.chat.web;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.opsconductor.brain.Acts;
import io.opsconductor.brain.Refusal;
import io.opsconductor.brain.approval.Withdrawn;
import io.opsconductor.brain.revision.DryRunning;
import io.opsconductor.brain.revision.EditForm;
import io.opsconductor.brain.revision.Edited;
import io.opsconductor.brain.revision.FormAnswer;
import io.opsconductor.brain.revision.Refreshing;
import io.opsconductor.brain.revision.Rerunning;
import io.opsconductor.kit.http.Edge;
import io.opsconductor.kit.http.JsonBody;
import io.opsconductor.plan.Problem;
import java.util.Map;
import java.util.Optional;

/** The calls of the local chat API about a plan other than its decision: edit, withdraw, dry run, fresh, run again. */
final class PlanCalls {
    /** Enough for the longest values of a plan of many steps. */
    private static final int MAX_EDIT_BYTES = 256 * 1024;

    private static final int MAX_ACT_BYTES = 8 * 1024;

    private final Acts acts;

    PlanCalls(Acts acts) {
        this.acts = acts;
    }

    void route(HttpRules rules) {
        rules.get("/approvals/{approval}/form", this::form)
                .post("/approvals/{approval}/edit", this::edit)
                .post("/approvals/{approval}/withdraw", this::withdraw)
                .post("/approvals/{approval}/dry-run", this::dryRun)
                .post("/approvals/{approval}/fresh", this::fresh)
                .post("/executions/{execution}/rerun", this::rerun);
    }

    private void form(ServerRequest request, ServerResponse response) {
        switch (acts.editing().form(id(request, "approval"), "web")) {
            case FormAnswer.Shown(EditForm form) -> Edge.send(response, 200, form);
            case FormAnswer.Refused(Refusal refusal) -> throw ChatCalls.problem(refusal);
        }
    }

    private record Card(String approval, String conversation) {}

    private record Invalid(Problem.Detail error, Map<String, String> fields) {}

    private void edit(ServerRequest request, ServerResponse response) {
        Forms.Edited form = JsonBody.read(request, Forms.Edited.class, MAX_EDIT_BYTES);
        String editor = Forms.identity(form.user());
        Edited edited = acts.editing()
                .edit(
                        id(request, "approval"),
                        editor,
                        Forms.digest(form.digest()),
                        Forms.values(form.values()),
                        act(request, editor));
        switch (edited) {
            case Edited.Shown(String approval, String conversation) ->
                Edge.send(response, 200, new Card(approval, conversation));
            case Edited.Refused(Refusal refusal) -> throw ChatCalls.problem(refusal);
            case Edited.Invalid(Map<String, String> problems) ->
                Edge.send(
                        response,
                        422,
                        new Invalid(
                                Problem.of(
                                                "invalid_values",
                                                problems.size() == 1
                                                        ? "a value may not be used"
                                                        : problems.size() + " values may not be used",
                                                "the plan is as it was; correct what is marked")
                                        .error(),
                                problems));
        }
    }

    private void withdraw(ServerRequest request, ServerResponse response) {
        Forms.Acted form = JsonBody.read(request, Forms.Acted.class, MAX_ACT_BYTES);
        switch (acts.approvals().withdraw(id(request, "approval"), Forms.identity(form.user()))) {
            case Withdrawn.Done(String approval) ->
                Edge.send(response, 200, Map.of("approval", approval, "status", "cancelled"));
            case Withdrawn.Refused(Refusal refusal) -> throw ChatCalls.problem(refusal);
        }
    }

    private void dryRun(ServerRequest request, ServerResponse response) {
        Forms.Acted form = JsonBody.read(request, Forms.Acted.class, MAX_ACT_BYTES);
        String asker = Forms.identity(form.user());
        switch (acts.dryRun().of(id(request, "approval"), asker, act(request, asker))) {
            case DryRunning.Shown(String approval, String conversation) ->
                Edge.send(response, 200, new Card(approval, conversation));
            case DryRunning.Refused(Refusal refusal) -> throw ChatCalls.problem(refusal);
        }
    }

    private void fresh(ServerRequest request, ServerResponse response) {
        Forms.Acted form = JsonBody.read(request, Forms.Acted.class, MAX_ACT_BYTES);
        String asker = Forms.identity(form.user());
        switch (acts.refresh().of(id(request, "approval"), asker, act(request, asker))) {
            case Refreshing.Shown(String approval, String conversation) ->
                Edge.send(response, 200, new Card(approval, conversation));
            case Refreshing.Refused(Refusal refusal) -> throw ChatCalls.problem(refusal);
        }
    }

    private void rerun(ServerRequest request, ServerResponse response) {
        Forms.Rerun form = JsonBody.read(request, Forms.Rerun.class, MAX_ACT_BYTES);
        String asker = Forms.identity(form.user());
        Rerunning rerunning = acts.rerun()
                .again(
                        id(request, "execution"),
                        asker,
                        Optional.empty(),
                        Forms.targets(form.targets()),
                        act(request, asker));
        switch (rerunning) {
            case Rerunning.Shown(String approval, String conversation) ->
                Edge.send(response, 200, new Card(approval, conversation));
            case Rerunning.Refused(Refusal refusal) -> throw ChatCalls.problem(refusal);
        }
    }

    private static String act(ServerRequest request, String user) {
        return Forms.idempotencyKey(request).map(key -> user + ":" + key).orElse("");
    }

    private static String id(ServerRequest request, String name) {
        return request.path().pathParameters().get(name);
    }
}
