/**
 * Answers questions about what was asked for before: a typed question enters, a list of what the asker may see leaves, read
 * from the store and said in words. What somebody may see follows from the runner's policy, asked anew for each answer. It
 * must never show output, what was said in a conversation, or anything to somebody whom the policy grants nothing there.
 */
@NullMarked
package io.opsconductor.brain.history;

import org.jspecify.annotations.NullMarked;
