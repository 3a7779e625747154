package io.opsconductor.chat.teams.card;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opsconductor.brain.revision.EditForm;
import io.opsconductor.chat.card.Amounts;
import io.opsconductor.chat.card.FieldWords;
import io.opsconductor.json.Json;
import io.opsconductor.plan.PlanCode;
import io.opsconductor.tool.ParameterType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The forms that open above a conversation: the reason of a denial, the code of what cannot be undone, why a plan cannot wait,
 * and other values for a plan.
 */
public final class Forms {
    public static final String DENY = "deny";
    public static final String EDIT = "edit";
    public static final String CODE = "code";
    /** Why a plan cannot wait for the approval of others. */
    public static final String GLASS = "glass";
    /** Asks for a plan as it would run now. */
    public static final String FRESH = "fresh";

    static final String WHY_NOT = "Why not? Everybody in the thread sees it.";

    private static final String WHY_NOW = "Why can it not wait? Everybody sees it, and it is part of what you approve.";
    private static final String FIELD = "field:";
    private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,15}");
    private static final int CHOICES = 100;
    private static final int REASON = 500;
    private static final int VALUE = 2_000;
    private static final int TYPED = 40;
    /** Of a line with names of targets; as many lines as it takes. */
    private static final int NAMES = 2_500;

    private Forms() {}

    public static ObjectNode deny(String approval, String digest, String summary) {
        Card card = new Card()
                .add(new Line().bold(PlanCards.shortened(summary, REASON)).element())
                .add(input(PlanCards.REASON_FIELD, WHY_NOT, "", REASON).put("isMultiline", true));
        return sends(card, "Deny", DENY, approval, digest);
    }

    /**
     * For whoever approves what cannot be undone.
     *
     * @param targets everything it destroys something on
     * @param problem what was wrong with what was typed before; empty at first
     */
    public static ObjectNode code(
            String approval, String digest, String summary, List<String> targets, String problem) {
        Card card = new Card()
                .add(new Line().bold(PlanCards.shortened(summary, REASON)).element())
                .add(new Line()
                        .text("This cannot be undone. It destroys something on:")
                        .element());
        StringBuilder line = new StringBuilder();
        for (String target : targets) {
            if (line.length() + target.length() > NAMES) {
                card.add(new Line().bold(line.toString()).tight());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : ", ").append(target);
        }
        card.add(new Line().bold(line.toString()).tight());
        if (!problem.isEmpty()) {
            card.add(new Line().bold("⚠ " + problem).element());
        }
        card.add(input(PlanCards.CODE, "Type " + PlanCode.of(digest) + " to approve", "", TYPED))
                .add(new Line()
                        .subtle("The code is that of this plan alone. That you typed it is signed with your approval.")
                        .tight());
        return sends(card, "Approve", CODE, approval, digest);
    }

    /** @param problem what was wrong with what was entered before; empty at first */
    public static ObjectNode glass(String approval, String digest, String summary, String problem) {
        Card card = new Card()
                .add(new Line().bold(PlanCards.shortened(summary, REASON)).element())
                .add(new Line()
                        .text(
                                "It then waits for you alone, and those who should know are told that you ran it without the"
                                        + " approval of others.")
                        .element());
        if (!problem.isEmpty()) {
            card.add(new Line().bold("⚠ " + problem).element());
        }
        card.add(input(PlanCards.REASON_FIELD, WHY_NOW, "", REASON).put("isMultiline", true));
        return sends(card, "Break glass", GLASS, approval, digest);
    }

    /** In the place of a form whose plan is not what was shown any more. */
    public static ObjectNode changed(String why, String approval, String digest) {
        return sends(
                new Card().add(new Line().bold("🔄 " + why).element()),
                "Show it as it is now",
                FRESH,
                approval,
                digest);
    }

    /** @param problems what is wrong, by the field's key; empty at first */
    public static ObjectNode edit(EditForm form, Map<String, String> entered, Map<String, String> problems) {
        Card card = new Card()
                .add(new Line()
                        .bold(PlanCards.shortened(form.summary(), REASON))
                        .element())
                .add(new Line()
                        .text(
                                "The targets stay as they are. With other values it is another plan: this one is replaced,"
                                        + " and the new one waits for its own approval.")
                        .element());
        for (EditForm.FormStep step : form.steps()) {
            if (form.steps().size() > 1) {
                card.add(new Line()
                        .bold("Step " + (step.step() + 1) + ": ")
                        .code(step.tool())
                        .element());
            }
            for (EditForm.FormField field : step.fields()) {
                card.add(field(field, entered.getOrDefault(field.field(), field.value() == null ? "" : field.value())));
                String problem = problems.get(field.field());
                if (problem != null) {
                    card.add(new Line()
                            .bold("⚠ " + PlanCards.shortened(problem, REASON))
                            .tight());
                }
            }
        }
        return sends(card, "Replace the plan", EDIT, form.approval(), form.digest());
    }

    private static List<ObjectNode> field(EditForm.FormField field, String value) {
        String label = field.name().replace('_', ' ') + (field.required() ? "" : " (may be left out)");
        ObjectNode input;
        if (value.length() > VALUE) {
            return List.of(new Line()
                    .bold(label + ": ")
                    .text("its value has " + Amounts.characters(value.length())
                            + ", more than a form can hold, and stays as it is.")
                    .element());
        }
        List<String> choices = choices(field);
        if (!choices.isEmpty()) {
            input = select(FIELD + field.field(), label, choices, field.required(), value);
        } else if (isNumber(field, value)) {
            input = number(field, label, value);
        } else {
            input = input(FIELD + field.field(), label, value, VALUE).put("isMultiline", value.contains("\n"));
        }
        return List.of(
                input,
                new Line().subtle(FieldWords.hint(field, choices.isEmpty())).tight());
    }

    private static List<String> choices(EditForm.FormField field) {
        return field.type() == ParameterType.BOOLEAN && field.allowed().isEmpty()
                ? List.of("true", "false")
                : field.allowed().size() <= CHOICES ? field.allowed() : List.of();
    }

    private static ObjectNode select(String id, String label, List<String> values, boolean required, String current) {
        ObjectNode select = Json.mapper()
                .createObjectNode()
                .put("type", "Input.ChoiceSet")
                .put("id", id)
                .put("label", label)
                .put("style", "compact")
                .put("value", current);
        ArrayNode list = select.putArray("choices");
        if (!required) {
            list.addObject().put("title", "(no value)").put("value", "");
        }
        // What the plan has now can be chosen again, even when the tool no longer offers it.
        List<String> offered = new ArrayList<>(values);
        if (!current.isEmpty() && !offered.contains(current)) {
            offered.addFirst(current);
        }
        offered.forEach(one -> list.addObject().put("title", one).put("value", one));
        return select;
    }

    private static boolean isNumber(EditForm.FormField field, String value) {
        return switch (field.type()) {
            case INTEGER, PORT -> value.isEmpty() || WHOLE.matcher(value).matches();
            case STRING, BOOLEAN, ENUM, DURATION, HOST, IP, CIDR, URL, PATH, SERVICE, SQL_IDENTIFIER, TARGET, SECRET ->
                false;
        };
    }

    private static ObjectNode number(EditForm.FormField field, String label, String value) {
        ObjectNode number = Json.mapper()
                .createObjectNode()
                .put("type", "Input.Number")
                .put("id", FIELD + field.field())
                .put("label", label);
        if (!value.isEmpty()) {
            number.put("value", Long.parseLong(value));
        }
        if (field.min() != null) {
            number.put("min", field.min());
        }
        if (field.max() != null) {
            number.put("max", field.max());
        }
        return number;
    }

    private static ObjectNode input(String id, String label, String value, int most) {
        return Json.mapper()
                .createObjectNode()
                .put("type", "Input.Text")
                .put("id", id)
                .put("label", label)
                .put("value", value)
                .put("maxLength", most);
    }

    private static ObjectNode sends(Card card, String title, String form, String approval, String digest) {
        ObjectNode json = card.json();
        ObjectNode data = Json.mapper()
                .createObjectNode()
                .put("form", form)
                .put("approval", approval)
                .put("digest", digest);
        json.putArray("actions")
                .addObject()
                .put("type", "Action.Submit")
                .put("title", title)
                .set("data", data);
        return json;
    }

    /** What was entered into the fields of an edit, by the field's key. */
    public static Map<String, String> values(JsonNode data) {
        Map<String, String> values = new LinkedHashMap<>();
        data.properties().forEach(entry -> {
            // Numbers come as numbers from some clients, and as text from others.
            if (entry.getKey().startsWith(FIELD) && entry.getValue().isValueNode()) {
                values.put(
                        entry.getKey().substring(FIELD.length()),
                        entry.getValue().asText(""));
            }
        });
        return values;
    }
}
