/**
 * Microsoft Teams as a way in and out. Activities of the Bot Connector enter and posts, cards and changes of them leave; it must never believe what is not signed for it, nor send its token anywhere that is not on the allow list.
 */
@NullMarked
package io.opsconductor.chat.teams;

import org.jspecify.annotations.NullMarked;
