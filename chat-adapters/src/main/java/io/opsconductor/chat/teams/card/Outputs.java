package io.opsconductor.chat.teams.card;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opsconductor.chat.act.Act;
import io.opsconductor.chat.card.Amounts;
import io.opsconductor.chat.card.Outcomes;
import io.opsconductor.chat.card.Packing;
import io.opsconductor.json.Json;
import io.opsconductor.plan.TargetResult;
import io.opsconductor.plan.TargetStatus;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the targets wrote: the beginning of each, several targets a message, and no more messages than somebody reads. All of
 * one output comes for whoever asks.
 */
public final class Outputs {
    /** Where the target is that somebody chose among those that are not shown. */
    public static final String CHOSEN = "output";

    /** Of one target's output, in JSON, where each line has its own sign-posts. */
    private static final int BEGINNING = 12_000;

    private static final int ON_MESSAGE = 24_000;
    private static final int MOST_MESSAGES = 10;
    private static final int OFFERED = 20_000;
    private static final int CUT_LINE = 4_000;

    private Outputs() {}

    private record One(TargetResult result, List<ObjectNode> elements) {
        int size() {
            return Commands.size(elements);
        }
    }

    /**
     * The messages, in the order of the results.
     *
     * @param execution null when there was none, and nothing more can be shown of it
     */
    static List<TeamsMessage> of(@Nullable String execution, List<TargetResult> results) {
        boolean severalSteps = results.stream().anyMatch(one -> one.step() > 0);
        List<One> all = results.stream()
                .filter(one -> !written(one).isEmpty())
                .map(one -> new One(one, elements(execution, one, severalSteps)))
                .toList();
        List<List<One>> packs = Packing.of(all, One::size, ON_MESSAGE);
        List<TeamsMessage> messages = new ArrayList<>();
        packs.stream().limit(MOST_MESSAGES).forEach(pack -> messages.add(message(pack)));
        List<TargetResult> left = packs.stream()
                .skip(MOST_MESSAGES)
                .flatMap(List::stream)
                .map(One::result)
                .toList();
        if (!left.isEmpty()) {
            messages.add(rest(execution, left, severalSteps));
        }
        return messages;
    }

    private static TeamsMessage message(List<One> pack) {
        Card card = new Card();
        pack.forEach(one -> card.add(one.elements()));
        TargetResult first = pack.getFirst().result();
        String title = "Output of " + first.target() + facts(first)
                + (pack.size() == 1 ? "" : " · and of " + Amounts.count(pack.size() - 1, "other"));
        return new TeamsMessage(title, card.json());
    }

    private static List<ObjectNode> elements(@Nullable String execution, TargetResult one, boolean severalSteps) {
        String text = written(one);
        String shown = beginning(text);
        List<ObjectNode> elements = new ArrayList<>();
        elements.add(new Line()
                .bold("Output of " + one.target())
                .text((severalSteps ? " · step " + (one.step() + 1) + ", " + one.tool() : "") + facts(one))
                .element());
        elements.addAll(Commands.verbatim(shown));
        if (shown.length() < text.length()) {
            elements.add(new Line()
                    .bold("✂ These are the first " + Amounts.characters(shown.length()) + " of "
                            + Amounts.characters(text.length()) + ".")
                    .element());
            if (execution != null) {
                elements.addAll(new Buttons()
                        .execute("Show all of it", new Act.FullOutput(execution, one.step(), one.target()), "default")
                        .rows());
            }
        }
        return elements;
    }

    /** As many whole lines as have room; of a first line that has none, its beginning. */
    private static String beginning(String text) {
        int room = BEGINNING;
        int end = 0;
        while (end < text.length()) {
            int next = text.indexOf('\n', end);
            int until = next < 0 ? text.length() : next;
            room -= Commands.size(Commands.verbatim(text.substring(end, until)));
            if (room < 0) {
                break;
            }
            end = Math.min(text.length(), until + 1);
        }
        if (end > 0) {
            return end == text.length() ? text : text.substring(0, end - 1);
        }
        int cut = Math.min(text.length(), CUT_LINE);
        return text.substring(0, Character.isHighSurrogate(text.charAt(cut - 1)) ? cut - 1 : cut);
    }

    /** Says whose output is not shown, and offers it. */
    private static TeamsMessage rest(@Nullable String execution, List<TargetResult> left, boolean severalSteps) {
        String title = "The output of " + Amounts.count(left.size(), "more target") + " is kept and not shown here";
        Card card = new Card().add(new Line().bold(title + ".").element());
        if (execution != null) {
            ArrayNode choices = Json.mapper().createArrayNode();
            int room = OFFERED;
            for (TargetResult one : left) {
                ObjectNode choice = Json.mapper()
                        .createObjectNode()
                        .put("title", one.target() + (severalSteps ? ", step " + (one.step() + 1) : "") + facts(one))
                        .put("value", one.step() + ":" + one.target());
                room -= choice.toString().length();
                if (room < 0) {
                    break;
                }
                choices.add(choice);
            }
            ObjectNode chosen = Json.mapper()
                    .createObjectNode()
                    .put("type", "Input.ChoiceSet")
                    .put("id", CHOSEN)
                    .put("label", "Whose output?")
                    .put("style", "filtered")
                    .put("value", choices.path(0).path("value").asText());
            chosen.set("choices", choices);
            card.add(chosen);
            TargetResult first = left.getFirst();
            card.add(new Buttons()
                    .execute("Show it", new Act.FullOutput(execution, first.step(), first.target()), "default")
                    .rows());
        }
        return new TeamsMessage(title, card.json());
    }

    /** The output that somebody asks for: what was chosen, where there was a choice. */
    public static Act.FullOutput chosen(Act.FullOutput asked, String chosen) {
        int at = chosen.indexOf(':');
        return at > 0 && chosen.substring(0, at).matches("[0-9]{1,4}")
                ? new Act.FullOutput(
                        asked.execution(), Integer.parseInt(chosen.substring(0, at)), chosen.substring(at + 1))
                : asked;
    }

    /** All that a target wrote, on pages. */
    public static List<TeamsMessage> whole(TargetResult one) {
        List<List<ObjectNode>> pages = Commands.packed(Commands.verbatim(written(one)));
        List<TeamsMessage> messages = new ArrayList<>();
        for (List<ObjectNode> page : pages) {
            String title =
                    "Whole output of " + one.target() + ", message " + (messages.size() + 1) + " of " + pages.size();
            messages.add(new TeamsMessage(
                    title,
                    new Card().add(new Line().bold(title).element()).add(page).json()));
        }
        return messages;
    }

    static String written(TargetResult one) {
        String out = one.stdout().replace("\r\n", "\n").stripTrailing();
        String err = one.stderr().replace("\r\n", "\n").stripTrailing();
        if (err.isEmpty()) {
            return out;
        }
        return out.isEmpty() ? err : out + "\n-- errors --\n" + err;
    }

    /** How it ended, in a few words that follow a name. */
    static String facts(TargetResult one) {
        StringBuilder facts = new StringBuilder(" · ").append(Outcomes.word(one.status()));
        if (one.exitCode() != null && (one.exitCode() != 0 || one.status() != TargetStatus.SUCCEEDED)) {
            facts.append(" · exit ").append(one.exitCode());
        }
        if (one.durationMs() > 0) {
            facts.append(" · ").append(Amounts.duration(one.durationMs()));
        }
        if (one.stdoutTruncated() || one.stderrTruncated()) {
            facts.append(" · output cut");
        }
        return facts.toString();
    }
}
