/**
 * Reading words without a model: text enters, words with the things they name leave, and how well each tool fits them.
 * What is English is in resource files, not in code, and so is the table of what words mean. It must never do any other IO than reading
 * those, look at a clock, or throw on any text.
 */
@NullMarked
package io.opsconductor.brain.language;

import org.jspecify.annotations.NullMarked;
