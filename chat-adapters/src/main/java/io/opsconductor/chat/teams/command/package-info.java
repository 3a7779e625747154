/**
 * What helps to set the app for Teams up. Settings enter, a package or findings leave; it must never print a secret.
 */
@NullMarked
package io.opsconductor.chat.teams.command;

import org.jspecify.annotations.NullMarked;
