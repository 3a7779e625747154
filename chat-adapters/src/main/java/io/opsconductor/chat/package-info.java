/**
 * The chatbot process: chat platforms in front, the brain behind. Settings and keys enter, a running process leaves. It
 * must never hold an execution library or a target's credential.
 */
@NullMarked
package io.opsconductor.chat;

import org.jspecify.annotations.NullMarked;
