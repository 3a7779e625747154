/**
 * What the runner writes into its journal: one method for each thing that can happen, each with the conversation, the
 * execution and the digest it belongs to; and, after a crash, how commands ended by those lines. It must never record a secret
 * or a command's output, nor say of a command what no line says.
 */
@NullMarked
package io.opsconductor.runner.audit;

import org.jspecify.annotations.NullMarked;
