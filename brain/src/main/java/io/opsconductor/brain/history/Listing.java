package io.opsconductor.brain.history;

import io.opsconductor.brain.intent.HistoryQuestion;
import io.opsconductor.brain.language.Period;

/**
 * A list that was begun and goes on with "more".
 *
 * @param question what was asked
 * @param period the time it is about, fixed when it was asked, so that the next page follows the last one
 * @param told how many entries were told
 */
public record Listing(HistoryQuestion question, Period period, int told) {}
