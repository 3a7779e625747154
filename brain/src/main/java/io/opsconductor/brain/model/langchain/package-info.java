/**
 * The way to models, through LangChain4j: the one place that knows it. A request enters, an answer or the reason for none
 * leaves. It must never log what was asked or said, retry by itself, or call another address than the one that is set.
 */
@NullMarked
package io.opsconductor.brain.model.langchain;

import org.jspecify.annotations.NullMarked;
