/** Models over real HTTP: counterparts that speak each protocol, well and badly. */
@NullMarked
package io.opsconductor.brain.model.langchain;

import org.jspecify.annotations.NullMarked;
