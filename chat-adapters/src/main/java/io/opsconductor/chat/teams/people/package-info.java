/**
 * Who somebody in Teams is. The id of a member enters, an identity leaves with what Teams says of that person; it must never give a guest, a stranger or a program a voice that the settings do not give.
 */
@NullMarked
package io.opsconductor.chat.teams.people;

import org.jspecify.annotations.NullMarked;
