/**
 * What Teams sends to {@code /api/messages}. Requests enter and, when they are believed, leave as stored arrivals or as questions that are answered at once; it must never acknowledge what is not stored, and never look into an activity before its token was checked.
 */
@NullMarked
package io.opsconductor.chat.teams.receive;

import org.jspecify.annotations.NullMarked;
