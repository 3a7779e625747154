package io.opsconductor.acceptance.bench.several;

import java.time.Instant;
import java.util.List;

/**
 * A plan that was approved.
 *
 * @param word what its commands leave on the disk
 * @param conversation where it was asked for
 * @param targets numbers of the machines
 * @param approvedAt when the approval was answered
 */
record Asked(String word, String conversation, List<Integer> targets, Instant approvedAt) {}
