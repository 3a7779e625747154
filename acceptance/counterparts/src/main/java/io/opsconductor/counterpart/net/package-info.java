/** What tests need of the machine's network. */
@NullMarked
package io.opsconductor.counterpart.net;

import org.jspecify.annotations.NullMarked;
