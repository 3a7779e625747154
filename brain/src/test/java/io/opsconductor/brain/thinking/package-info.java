/** The stages with a model, over a scripted model that speaks Ollama's protocol: good, wrong, late, and in an attacker's hands. */
@NullMarked
package io.opsconductor.brain.thinking;

import org.jspecify.annotations.NullMarked;
