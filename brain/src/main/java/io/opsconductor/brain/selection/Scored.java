package io.opsconductor.brain.selection;

import io.opsconductor.tool.CatalogueEntry;

/**
 * A tool, and how well it fits.
 *
 * @param score how well, about 0 to 1
 * @param ahead what speaks for it beside others that fit about as well: that it is the everyday one, is called by the verb, or
 *     is asked for in such words; nothing of it makes a tool fit that does not
 * @param byValues whether only what is named speaks for it, and no word
 * @param byMeaning whether no word of the request speaks for it, and only what its words mean
 */
record Scored(CatalogueEntry tool, double score, double ahead, boolean byValues, boolean byMeaning) {
    double rank() {
        return score + ahead;
    }
}
