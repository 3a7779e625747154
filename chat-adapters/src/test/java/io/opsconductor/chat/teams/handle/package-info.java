/** What activities of Teams mean. */
@NullMarked
package io.opsconductor.chat.teams.handle;

import org.jspecify.annotations.NullMarked;
