package io.opsconductor.tool;

/**
 * A mistake in a command template.
 *
 * @param offset character of the template, from 0
 * @param message what was expected and found
 * @param fix what to do, a sentence
 */
record TemplateError(int offset, String message, String fix) {}
