/**
 * The workspaces in which the app is installed. Installations enter, tokens leave sealed or to the call that needs one; it must never show a token.
 */
@NullMarked
package io.opsconductor.chat.slack.workspace;

import org.jspecify.annotations.NullMarked;
