/**
 * What the commands of people have in common: {@code chat}, {@code eval}, {@code model}, {@code slack}, {@code teams}, {@code tools}. Arguments and the environment enter,
 * words and an exit code leave; it must never know what any of the commands does.
 */
@NullMarked
package io.opsconductor.chat.command;

import org.jspecify.annotations.NullMarked;
