/** Tests of {@code opsconductor slack}. */
@NullMarked
package io.opsconductor.chat.slack.command;

import org.jspecify.annotations.NullMarked;
