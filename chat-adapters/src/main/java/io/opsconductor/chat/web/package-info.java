/**
 * The local chat: the page and its HTTP API. Requests of people at this machine enter, bounded and checked; events of
 * conversations leave. It must never answer another web site's page, and never work on a message before acknowledging it.
 */
@NullMarked
package io.opsconductor.chat.web;

import org.jspecify.annotations.NullMarked;
