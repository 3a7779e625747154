package io.opsconductor.chat.slack.card;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.slack.api.model.view.View;
import io.opsconductor.brain.overview.Concerns;
import io.opsconductor.brain.overview.Concerns.Asked;
import io.opsconductor.brain.overview.Concerns.Listed;
import io.opsconductor.brain.overview.Concerns.Running;
import io.opsconductor.brain.revision.EditForm;
import io.opsconductor.brain.revision.EditForm.FormField;
import io.opsconductor.brain.revision.EditForm.FormStep;
import io.opsconductor.brain.revision.Edited;
import io.opsconductor.json.Json;
import io.opsconductor.plan.Effect;
import io.opsconductor.plan.PlanCode;
import io.opsconductor.tool.ParameterType;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Forms as Slack sends them back. */
class FormCardTest {
    private static final DenyForm.About DENY = new DenyForm.About("ap-1", Samples.DIGEST, FormSamples.PLACE);

    /** The view with what somebody entered; the elements' types are as in the view. */
    private static JsonNode submitted(View view, Map<String, String> entered) {
        JsonNode json = Json.tree(SlackJson.of(view).toString());
        ObjectNode values = ((ObjectNode) json).putObject("state").putObject("values");
        json.path("blocks").forEach(block -> {
            if (!block.path("type").asText().equals("input")) {
                return;
            }
            String id = block.path("block_id").asText();
            JsonNode element = block.path("element");
            ObjectNode state =
                    values.putObject(id).putObject(element.path("action_id").asText());
            String type = element.path("type").asText();
            state.put("type", type);
            String value = entered.get(id);
            if (type.equals("static_select")) {
                if (value == null) {
                    state.set("selected_option", element.path("initial_option"));
                } else {
                    state.putObject("selected_option").put("value", value);
                }
            } else if (value != null) {
                state.put("value", value);
            } else {
                state.set("value", element.path("initial_value"));
            }
        });
        return json;
    }

    @Test
    void theGlassIsBrokenForAReason() {
        GlassForm.About about = new GlassForm.About("ap-1", FormSamples.PLACE);
        View form = GlassForm.of(about, "Restart nginx on web-01");
        assertEquals(
                Map.of("reason", "Say why. Without a reason it waits for its approval."),
                GlassForm.mistakes(submitted(form, Map.of("reason", " \n "))));
        assertEquals(
                Map.of("reason", "A reason has at most 500 characters; this one has 501."),
                GlassForm.mistakes(submitted(form, Map.of("reason", "x".repeat(501)))));
        JsonNode sent = submitted(form, Map.of("reason", " it burns "));
        assertEquals(Map.of(), GlassForm.mistakes(sent));
        assertEquals(Optional.of(new GlassForm.Broken(about, "it burns")), GlassForm.read(sent));
    }

    @Test
    void aWrongCodeIsMarkedAndTheRightOneIsTakenHoweverItIsWritten() {
        CodeForm.About about = new CodeForm.About("ap-1", Samples.DIGEST, FormSamples.PLACE);
        View form = CodeForm.of(about, "Delete old files", List.of("web-01 (production)"));
        String code = PlanCode.of(Samples.DIGEST);
        for (String typed : List.of(code, code.toLowerCase(Locale.ROOT), code.replace("-", " "), " " + code)) {
            assertEquals(Map.of(), CodeForm.mistakes(submitted(form, Map.of("code", typed))));
        }
        assertEquals(
                Map.of("code", "This is not the code of this plan. Type " + code + ", or cancel."),
                CodeForm.mistakes(submitted(form, Map.of("code", "AAA-AAA"))));
        assertEquals(
                Optional.of(new CodeForm.Typed(about, code)), CodeForm.read(submitted(form, Map.of("code", code))));
    }

    @Test
    void aDenialCarriesTheDigestOfTheCardAndTheReason() {
        JsonNode view = submitted(DenyForm.of(DENY, "Restart nginx"), Map.of("reason", " not now \n"));
        assertEquals(Optional.of(new DenyForm.Denial(DENY, "not now")), DenyForm.read(view));
        assertEquals(Map.of(), DenyForm.mistakes(view));
    }

    @Test
    void aDenialNeedsNoReason() {
        JsonNode view = submitted(DenyForm.of(DENY, "Restart nginx"), Map.of());
        assertEquals(Optional.of(new DenyForm.Denial(DENY, "")), DenyForm.read(view));
        assertEquals(Map.of(), DenyForm.mistakes(view));
    }

    @Test
    void aReasonThatIsTooLongIsSaidAtItsBlock() {
        JsonNode view = submitted(DenyForm.of(DENY, "Restart nginx"), Map.of("reason", "x".repeat(501)));
        assertEquals(
                Map.of("reason", "A reason has at most 500 characters; this one has 501."), DenyForm.mistakes(view));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}x", "[]", "{\"unknown\": 1}", "null"})
    void aFormThatIsNoneOfOursIsEmpty(String metadata) {
        ObjectNode view = (ObjectNode) submitted(DenyForm.of(DENY, "Restart nginx"), Map.of());
        view.put("private_metadata", metadata);
        assertEquals(Optional.empty(), DenyForm.read(view));
        assertEquals(Optional.empty(), AskForm.read(view));
        assertEquals(Optional.empty(), EditModal.read(view));
    }

    @Test
    void aRequestAboutAMessage() {
        View form = AskForm.of(FormSamples.PLACE, "the disk of web-01 is full");
        assertEquals(
                Optional.of(new AskForm.Request(FormSamples.PLACE, "the disk of web-01 is full")),
                AskForm.read(submitted(form, Map.of())));
        JsonNode other = submitted(form, Map.of("request", " check disk space on web-01 "));
        assertEquals(
                Optional.of(new AskForm.Request(FormSamples.PLACE, "check disk space on web-01")), AskForm.read(other));
        assertEquals(Map.of(), AskForm.mistakes(other));
        assertEquals(
                Map.of("request", "Write what should be done, or \"help\"."),
                AskForm.mistakes(submitted(form, Map.of("request", " "))));
    }

    @Test
    void anEditCarriesEveryFieldByItsKey() {
        JsonNode view = submitted(
                EditModal.of(FormSamples.edit(), FormSamples.PLACE), Map.of("0.path", "/srv/other", "0.kind", "cache"));
        assertEquals(
                Optional.of(new EditModal.Edit(
                        new EditModal.About("ap-7f3k2", Samples.DIGEST, FormSamples.PLACE),
                        Map.of(
                                "0.path", "/srv/other",
                                "0.older_than_days", "30",
                                "0.recursive", "",
                                "0.kind", "cache",
                                "2.service", "nginx"))),
                EditModal.read(view));
    }

    @Test
    void problemsStandAtTheirInputsOrElseAtTheFirst() {
        JsonNode view = submitted(EditModal.of(FormSamples.edit(), FormSamples.PLACE), Map.of());
        assertEquals(
                Map.of("0.path", "not a path gone", "2.service", "no such service"),
                EditModal.problems(
                        view,
                        new Edited.Invalid(new TreeMap<>(
                                Map.of("0.path", "not a path", "2.service", "no such service", "9.gone", "gone")))));
    }

    @Test
    void aFormThatSlackCannotHoldSaysSo() {
        List<FormField> fields = IntStream.range(0, 30)
                .mapToObj(n ->
                        FormSamples.field(0, "parameter_" + n, ParameterType.STRING, "v", List.of(), false, null, null))
                .toList();
        List<FormStep> steps = IntStream.range(0, 5)
                .mapToObj(n -> new FormStep(n, "tool", "", List.of("web-01"), fields))
                .toList();
        View view = EditModal.of(new EditForm("ap-1", Samples.DIGEST, "A lot", "web:alice", steps), FormSamples.PLACE);
        SlackLimits.check(view);
        String text = SlackJson.text(SlackJson.of(view).get("blocks"));
        assertTrue(text.contains("This plan has 150 values in 5 steps, more than a form in Slack can hold."), text);
        assertTrue(text.contains("Withdraw it, and ask again"), text);
        assertFalse(SlackJson.of(view).has("submit"));
    }

    @Test
    void hostileFieldsKeepToTheLimits() {
        String nasty = "<!channel>`*漢\uD83D\uDE80&\"".repeat(400);
        List<String> allowed = IntStream.range(0, 300).mapToObj(n -> n + nasty).toList();
        List<String> few = IntStream.range(0, 98).mapToObj(n -> "value " + n).toList();
        List<FormField> fields = List.of(
                FormSamples.field(0, nasty, ParameterType.STRING, nasty, List.of(), true, null, null),
                FormSamples.field(0, "enum", ParameterType.ENUM, "gone", allowed, false, null, null),
                FormSamples.field(0, "few", ParameterType.ENUM, "gone", few, false, null, null),
                FormSamples.field(0, "number", ParameterType.INTEGER, "${x}", List.of(), false, 1L, null),
                FormSamples.field(0, "lines", ParameterType.STRING, "a\nb", List.of(), false, null, null));
        List<String> targets = IntStream.range(0, 200).mapToObj(n -> nasty + n).toList();
        EditForm form = new EditForm(
                "ap-1", Samples.DIGEST, nasty, "web:alice", List.of(new FormStep(0, nasty, nasty, targets, fields)));
        SlackLimits.check(EditModal.of(form, FormSamples.PLACE));
        SlackLimits.check(EditModal.of(form, FormSamples.PLACE, Map.of(), Map.of("0.few", nasty)));
        SlackLimits.check(EditModal.invalid(form, new Edited.Invalid(Map.of("0.few", nasty, "9.x", nasty))));
    }

    @Test
    void aFullHomeKeepsToTheLimits() {
        String nasty = "<!channel>`*漢\uD83D\uDE80&\"".repeat(100);
        Concerns concerns = new Concerns(
                new Listed<>(
                        IntStream.range(0, 20)
                                .mapToObj(n -> FormSamples.waiting(2 * n + 1, "web:" + nasty, Effect.DESTROY, nasty))
                                .toList(),
                        900),
                new Listed<>(
                        IntStream.range(0, 20)
                                .mapToObj(n -> FormSamples.waiting(2 * n + 1, "web:x", Effect.READ, nasty))
                                .toList(),
                        21),
                new Listed<>(
                        IntStream.range(0, 10)
                                .mapToObj(n -> new Asked("ap", "p1", nasty, "pending", null, null, Samples.NOW))
                                .toList(),
                        5_000),
                new Listed<>(
                        IntStream.range(0, 20)
                                .mapToObj(n -> new Running("ex", "p1", nasty, "web:" + nasty, Samples.NOW))
                                .toList(),
                        99));
        List<String> suggestions =
                IntStream.range(0, 30).mapToObj(n -> n + nasty).toList();
        SlackLimits.check(HomeView.of(concerns, suggestions, Samples.MENTIONS, FormSamples.LINKS));
    }

    @Test
    void nothingIsApprovedFromTheHome() {
        View home = HomeView.of(FormSamples.concerns(), List.of("help"), Samples.MENTIONS, FormSamples.LINKS);
        assertFalse(SlackJson.pretty(SlackJson.of(home)).contains("ops_approve"));
    }
}
