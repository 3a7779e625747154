/**
 * Plays servers of language models for tests: Ollama, an OpenAI-compatible one and Anthropic's. Requests enter over HTTP and are
 * checked as the real ones check them; what a script wants said leaves, well or badly. It must never call out, nor know
 * anything of the product.
 */
@NullMarked
package io.opsconductor.counterpart.model;

import org.jspecify.annotations.NullMarked;
