/** The page in a real browser, against the counterpart. */
@NullMarked
package io.opsconductor.chat.web;

import org.jspecify.annotations.NullMarked;
