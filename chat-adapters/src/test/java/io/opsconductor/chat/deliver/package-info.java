/** What brings conversations to any platform. */
@NullMarked
package io.opsconductor.chat.deliver;

import org.jspecify.annotations.NullMarked;
