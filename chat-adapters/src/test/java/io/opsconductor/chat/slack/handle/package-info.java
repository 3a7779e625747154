@NullMarked
package io.opsconductor.chat.slack.handle;

import org.jspecify.annotations.NullMarked;
