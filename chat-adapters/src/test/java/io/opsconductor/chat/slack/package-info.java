/** Tests of the Slack adapter's parts. */
@NullMarked
package io.opsconductor.chat.slack;

import org.jspecify.annotations.NullMarked;
