/**
 * Microsoft's side of a bot in Teams, for tests: the keys and tokens, the login, the Bot Connector's conversations with its limits, and people
 * who write and press. Calls of the product enter and are answered or refused as Microsoft would, and signed activities leave
 * for its endpoint; nothing here may know the product.
 */
@NullMarked
package io.opsconductor.counterpart.teams;

import org.jspecify.annotations.NullMarked;
