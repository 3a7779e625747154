package io.opsconductor.brain.language;

import io.opsconductor.brain.intent.Entity;
import io.opsconductor.tool.CatalogueEntry.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** A request's words, without marks; none of one that is longer than anybody puts an example. Thread-safe. */
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
    private final List<@Nullable Mention> mentions = new ArrayList<>();
    /** By a part's number: what it has in common with each word. Most examples are made of the same few parts. */
    private final AtomicReferenceArray<double @Nullable []> gains;

    private final double weight;

    FormRequest(Reading reading, Forms forms, Language language) {
        this.forms = forms;
        this.language = language;
        this.gains = new AtomicReferenceArray<>(forms.parts());
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
        double most = 0;
        for (FormExample example : words.isEmpty() ? List.<FormExample>of() : forms.examples(tool)) {
            most = Math.max(most, likeness(example));
        }
        return most;
    }

    /** How much it is put as one example, 0 to 1. */
    double likeness(FormExample example) {
        // What words from i on have in common with parts from j on, for one j after the other.
        double[] behind = new double[words.size() + 1];
        double[] best = new double[words.size() + 1];
        for (int j = example.size() - 1; j >= 0; j--) {
            double[] gain = gains(example, j);
            boolean whole = example.part(j).isWhole();
            for (int i = words.size() - 1; i >= 0; i--) {
                double most = Math.max(best[i + 1], behind[i]);
                best[i] = gain[i] > 0 ? Math.max(most, gain[i] + behind[next(i, whole)]) : most;
            }
            double[] free = behind;
            behind = best;
            best = free;
        }
        return behind[0] * 2 / (weight + example.weight());
    }

    /** The best that words from {@code i} and parts from {@code j} on have in common, half the weights of both. */
    double[][] compared(FormExample example) {
        double[][] best = new double[words.size() + 1][example.size() + 1];
        for (int i = words.size() - 1; i >= 0; i--) {
            for (int j = example.size() - 1; j >= 0; j--) {
                double most = Math.max(best[i + 1][j], best[i][j + 1]);
                double gain = gains(example, j)[i];
                best[i][j] = gain > 0 ? Math.max(most, gain + best[next(i, example, j)][j + 1]) : most;
            }
        }
        return best;
    }

    private int next(int i, FormExample example, int j) {
        return next(i, example.part(j).isWhole());
    }

    private int next(int i, boolean whole) {
        return whole && ends.get(i) > 0 ? ends.get(i) : i + 1;
    }

    /** For each word what it has in common with a part; 0 for nothing. */
    private double[] gains(FormExample example, int j) {
        double[] known = gains.get(example.number(j));
        if (known != null) {
            return known;
        }
        FormPart part = example.part(j);
        double[] made = new double[words.size()];
        for (int i = 0; i < made.length; i++) {
            made[i] = gain(i, part);
        }
        gains.set(example.number(j), made);
        return made;
    }

    private double gain(int i, FormPart part) {
        double both = (weights.get(i) + part.weight()) / 2;
        return switch (part) {
            case FormPart.Literal literal -> both * same(words.get(i), literal.stem());
            case FormPart.Small small -> words.get(i).term().equals(small.lower()) ? both : 0;
            case FormPart.Thing thing -> {
                Mention mention = mentions.get(i);
                yield ends.get(i) > 0 && mention != null && thing.kind().fits(mention) ? both : 0;
            }
            case FormPart.Open open -> mayBeValue(i, open) ? both : 0;
        };
    }

    private double same(Word word, String stem) {
        if (word.stem().equals(stem)) {
            return 1;
        }
        Set<String> concepts = language.concepts(word.stem());
        return !concepts.isEmpty() && language.concepts(stem).stream().anyMatch(concepts::contains) ? SAME_MEANING : 0;
    }

    private boolean mayBeValue(int i, FormPart.Open open) {
        Word word = words.get(i);
        Mention mention = mentions.get(i);
        Parameter parameter = open.parameter();
        boolean own = mention == null || ends.get(i) == i + 1;
        if (!own
                || (mention != null && !mention.entities().stream().allMatch(LooseValues::mayBeName))
                || !LooseValues.hasForm(parameter, word)) {
            return false;
        }
        boolean behindNoun =
                open.behindNoun() && i > 0 && words.get(i - 1).stem().equals(Forms.noun(parameter));
        return word.kind() == Word.Kind.QUOTED
                || mention != null
                || forms.isName(word)
                || (behindNoun
                        && !language.isFiller(word.lower())
                        && !LooseValues.isOrdinary(parameter, word, language)
                        && !forms.isCalled(word));
    }

    /** The words that the best comparison puts into open places, each right behind what stands before the place. */
    Map<String, Word> values(FormExample example, double[][] best) {
        Map<String, Word> values = new LinkedHashMap<>();
        boolean joined = true;
        int i = 0;
        int j = 0;
        while (i < words.size() && j < example.size()) {
            double gain = gains(example, j)[i];
            FormPart part = example.part(j);
            if (gain > 0 && best[i][j] == gain + best[next(i, example, j)][j + 1]) {
                if (part instanceof FormPart.Open open && joined) {
                    values.put(open.parameter().name(), words.get(i));
                }
                joined = true;
                i = next(i, example, j);
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
    boolean same(FormExample example, double[][] best) {
        int i = 0;
        int j = 0;
        while (i < words.size() || j < example.size()) {
            FormPart part = j < example.size() ? example.part(j) : null;
            double gain = part == null || i == words.size() ? 0 : gains(example, j)[i];
            boolean literal = !(part instanceof FormPart.Literal(String stem))
                    || (i < words.size() && words.get(i).stem().equals(stem));
            if (part != null && gain > 0 && literal && best[i][j] == gain + best[next(i, example, j)][j + 1]) {
                i = next(i, example, j);
                j++;
            } else if (i < words.size() && (part == null || best[i][j] == best[i + 1][j])) {
                Mention mention = mentions.get(i);
                boolean target = ends.get(i) > 0
                        && mention != null
                        && mention.entities().stream().allMatch(Entity.Targets.class::isInstance);
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
