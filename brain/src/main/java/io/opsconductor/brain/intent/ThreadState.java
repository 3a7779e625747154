package io.opsconductor.brain.intent;

import io.opsconductor.brain.language.Language;
import io.opsconductor.brain.planning.Draft;
import io.opsconductor.plan.Step;
import java.util.List;
import java.util.Optional;

/**
 * What a thread is about, as values and not as chat text.
 *
 * @param asked the draft that waits for this person's answer
 * @param last the steps that were planned last in this thread, by whomever; empty before the first plan
 * @param listing whether the last list that this person got here has more entries
 * @param language that was spoken in it last, as ISO 639-1
 */
public record ThreadState(Optional<Draft> asked, List<Step> last, boolean listing, String language) {
    /** Of a thread in which nothing was said. */
    public static final ThreadState NEW = new ThreadState(Optional.empty(), List.of(), false, Language.ENGLISH);

    public ThreadState {
        last = List.copyOf(last);
    }

    /** The same where no answer is waited for. */
    ThreadState unasked() {
        return new ThreadState(Optional.empty(), last, listing, language);
    }
}
