package io.opsconductor.brain.language;

import io.opsconductor.brain.intent.Entity;
import io.opsconductor.tool.CatalogueEntry.Parameter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A request's words, without marks; none of one that is longer than anybody puts an example. */
final class FormRequest {
    private static final double SAME_MEANING = 0.7;
    private static final int MOST_WORDS = 40;
    private static final List<String> LIGHT =
            List.of("article", "one", "host-preposition", "maybe-host-preposition", "read-cue", "read-order", "polite");

    private final Forms forms;
    private final Language language;
    private final List<Word> words = new ArrayList<>();
    /** For each word the index behind what is named from it on; 0 where nothing is. */
    private final List<Integer> ends = new ArrayList<>();

    private final List<Double> weights = new ArrayList<>();
    private final List<Mention> mentions = new ArrayList<>();
    /** What has been compared already: for each tool, and for each word how much it is the same as another. */
    private final Map<String, Double> likenesses = new HashMap<>();

    private final List<Map<String, Double>> same = new ArrayList<>();
    /** For each word the parameters that it is written for. */
    private final List<Map<Parameter, Boolean>> fits = new ArrayList<>();

    private final double weight;

    FormRequest(Reading reading, Forms forms, Language language) {
        this.forms = forms;
        this.language = language;
        int size = reading.words().size() > MOST_WORDS ? 0 : reading.words().size();
        int last = -1;
        for (int at = 0; at < size; at++) {
            Word word = reading.words().get(at);
            if (!word.isWord() && word.kind() != Word.Kind.QUOTED) {
                continue;
            }
            Mention mention = reading.mentionAt(at).orElse(null);
            boolean begins = mention != null && mention.from() != last;
            last = mention == null ? -1 : mention.from();
            words.add(word);
            mentions.add(mention);
            ends.add(begins ? words.size() : 0);
            same.add(new HashMap<>());
            fits.add(new IdentityHashMap<>());
            weights.add(
                    mention != null
                            ? begins ? FormPart.NAMED : 0.0
                            : language.isFiller(word.term()) ? FormPart.SMALL : FormPart.WORD);
            if (mention != null && !begins) {
                int start = words.size() - 2;
                while (ends.get(start) == 0) {
                    start--;
                }
                ends.set(start, words.size());
            }
        }
        weight = weights.stream().mapToDouble(Double::doubleValue).sum();
    }

    /**
     * How much it is put as the nearest example of the tool of that name.
     *
     * @return 0 to 1; 1 for the same words in the same order, whatever they name
     */
    double likeness(String tool) {
        return likenesses.computeIfAbsent(tool, this::nearest);
    }

    private double nearest(String tool) {
        double most = 0;
        for (List<FormPart> example : words.isEmpty() ? List.<List<FormPart>>of() : forms.examples(tool)) {
            most = Math.max(most, compared(example)[0][0] * 2 / weight(example));
        }
        return most;
    }

    double weight(List<FormPart> example) {
        double both = weight;
        for (FormPart part : example) {
            both += part.weight();
        }
        return both;
    }

    /** The best that words from {@code i} and parts from {@code j} on have in common, half the weights of both. */
    double[][] compared(List<FormPart> example) {
        double[][] best = new double[words.size() + 1][example.size() + 1];
        for (int i = words.size() - 1; i >= 0; i--) {
            for (int j = example.size() - 1; j >= 0; j--) {
                double most = Math.max(best[i + 1][j], best[i][j + 1]);
                double gain = gain(i, example, j);
                best[i][j] = gain > 0 ? Math.max(most, gain + best[next(i, example.get(j))][j + 1]) : most;
            }
        }
        return best;
    }

    private int next(int i, FormPart part) {
        boolean whole = ends.get(i) > 0 && !(part instanceof FormPart.Literal) && !(part instanceof FormPart.Small);
        return whole ? ends.get(i) : i + 1;
    }

    private double gain(int i, List<FormPart> example, int j) {
        FormPart part = example.get(j);
        double both = (weights.get(i) + part.weight()) / 2;
        return switch (part) {
            case FormPart.Literal literal -> both * same(i, literal.stem());
            case FormPart.Small small -> words.get(i).term().equals(small.lower()) ? both : 0;
            case FormPart.Thing thing -> ends.get(i) > 0 && thing.kind().fits(mentions.get(i)) ? both : 0;
            case FormPart.Open open -> mayBeValue(i, open.parameter(), example, j) ? both : 0;
        };
    }

    private double same(int i, String stem) {
        return same.get(i).computeIfAbsent(stem, other -> same(words.get(i), other));
    }

    private double same(Word word, String stem) {
        if (word.stem().equals(stem)) {
            return 1;
        }
        Set<String> concepts = language.concepts(word.stem());
        return !concepts.isEmpty() && language.concepts(stem).stream().anyMatch(concepts::contains) ? SAME_MEANING : 0;
    }

    private boolean mayBeValue(int i, Parameter parameter, List<FormPart> example, int j) {
        Word word = words.get(i);
        boolean own = mentions.get(i) == null || ends.get(i) == i + 1;
        if (!own
                || (mentions.get(i) != null
                        && !mentions.get(i).entities().stream().allMatch(LooseValues::mayBeName))
                || !fits.get(i).computeIfAbsent(parameter, other -> LooseValues.hasForm(other, word))) {
            return false;
        }
        boolean behindNoun = i > 0
                && j > 0
                && example.get(j - 1) instanceof FormPart.Literal(String stem)
                && words.get(i - 1).stem().equals(stem)
                && stem.equals(Forms.noun(parameter));
        return word.kind() == Word.Kind.QUOTED
                || mentions.get(i) != null
                || forms.isName(word)
                || (behindNoun
                        && !language.isFiller(word.lower())
                        && !LooseValues.isOrdinary(parameter, word, language)
                        && !forms.isCalled(word));
    }

    /** The words that the best comparison puts into open places, each right behind what stands before the place. */
    Map<String, Word> values(List<FormPart> example, double[][] best) {
        Map<String, Word> values = new LinkedHashMap<>();
        boolean joined = true;
        int i = 0;
        int j = 0;
        while (i < words.size() && j < example.size()) {
            double gain = gain(i, example, j);
            FormPart part = example.get(j);
            if (gain > 0 && best[i][j] == gain + best[next(i, part)][j + 1]) {
                if (part instanceof FormPart.Open open && joined) {
                    values.put(open.parameter().name(), words.get(i));
                }
                joined = true;
                i = next(i, part);
                j++;
            } else if (best[i][j] == best[i + 1][j]) {
                joined &= weights.get(i) <= FormPart.SMALL;
                i++;
            } else {
                joined &= part.weight() <= FormPart.SMALL;
                j++;
            }
        }
        return values;
    }

    /** Whether nothing else is said than in the example, and nothing less, apart from small words and where it is to run. */
    boolean same(List<FormPart> example, double[][] best) {
        int i = 0;
        int j = 0;
        while (i < words.size() || j < example.size()) {
            FormPart part = j < example.size() ? example.get(j) : null;
            double gain = part == null || i == words.size() ? 0 : gain(i, example, j);
            boolean literal = !(part instanceof FormPart.Literal(String stem))
                    || (i < words.size() && words.get(i).stem().equals(stem));
            if (part != null && gain > 0 && literal && best[i][j] == gain + best[next(i, part)][j + 1]) {
                i = next(i, part);
                j++;
            } else if (i < words.size() && (part == null || best[i][j] == best[i + 1][j])) {
                boolean target = ends.get(i) > 0
                        && mentions.get(i).entities().stream().allMatch(Entity.Targets.class::isInstance);
                if (!target
                        && (weights.get(i) > FormPart.SMALL
                                || !isLight(words.get(i).term()))) {
                    return false;
                }
                i++;
            } else if (part instanceof FormPart.Small
                    || (part instanceof FormPart.Thing(FormPart.Kind kind) && kind == FormPart.Kind.TARGET)) {
                j++;
            } else {
                return false;
            }
        }
        return true;
    }

    /** Whether a small word may be left out or be another one: "of", "the", "show"; "wrong" and "low" say something. */
    private boolean isLight(String lower) {
        return LIGHT.stream().anyMatch(key -> language.is(key, lower)) && !language.is("all", lower);
    }
}
