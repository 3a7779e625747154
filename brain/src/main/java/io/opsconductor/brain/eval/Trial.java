package io.opsconductor.brain.eval;

import io.opsconductor.brain.catalogue.Knowledge;

/**
 * A request, and the tools and targets that there are for it.
 *
 * @param request what is asked
 * @param knowledge what the stages know
 */
public record Trial(Request request, Knowledge knowledge) {}
