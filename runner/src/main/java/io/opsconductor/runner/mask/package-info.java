/**
 * The one place where secrets are taken out of text: registered secrets and streamed text enter, the text with each of
 * them replaced leaves, also when a secret is split between pieces or encoded. Nothing may be stored, streamed or logged
 * from a target without passing through here.
 */
@NullMarked
package io.opsconductor.runner.mask;

import org.jspecify.annotations.NullMarked;
