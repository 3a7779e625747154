/**
 * What a chat platform sends, whichever it is. Arrivals enter, are stored once per id and leave in order for what is done with them; nothing here may work on an arrival that is not on disk.
 */
@NullMarked
package io.opsconductor.chat.arrival;

import org.jspecify.annotations.NullMarked;
