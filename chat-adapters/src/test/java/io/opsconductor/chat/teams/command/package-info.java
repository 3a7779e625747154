/** The commands that help to set the app for Teams up. */
@NullMarked
package io.opsconductor.chat.teams.command;

import org.jspecify.annotations.NullMarked;
