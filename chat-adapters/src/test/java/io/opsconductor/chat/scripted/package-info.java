/**
 * A runner that does what a test says, over the real wire: mutual TLS, the same records, real signatures. Previews and
 * approved plans enter, scripted events leave; it can fail, vanish and come back.
 */
@NullMarked
package io.opsconductor.chat.scripted;

import org.jspecify.annotations.NullMarked;
