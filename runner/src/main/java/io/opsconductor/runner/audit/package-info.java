/**
 * What the runner writes into its journal: one method for each thing that can happen, each with the conversation, the
 * execution and the digest it belongs to. It must never record a secret or a command's output.
 */
@NullMarked
package io.opsconductor.runner.audit;

import org.jspecify.annotations.NullMarked;
