/**
 * {@code opsconductor slack}: prints the app's manifest and checks a set-up. Settings enter, words with remedies leave; it must never print a secret.
 */
@NullMarked
package io.opsconductor.chat.slack.command;

import org.jspecify.annotations.NullMarked;
