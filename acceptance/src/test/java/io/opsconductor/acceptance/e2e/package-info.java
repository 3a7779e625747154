/**
 * The whole product, driven from outside as its users drive it: the launcher, the page in a browser, the terminal client,
 * the chat API, and signals. Nothing here may look inside a process.
 */
@NullMarked
package io.opsconductor.acceptance.e2e;

import org.jspecify.annotations.NullMarked;
