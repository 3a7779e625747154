/**
 * The product as several processes, measured and killed: runners on one PostgreSQL and Redis, a chatbot for which another one stands
 * by, and machines on which each command leaves a mark. Figures leave, and what was lost, doubled or stuck. It must never change what it
 * measures: every process is the one that is started for people.
 */
@NullMarked
package io.opsconductor.acceptance.bench.several;

import org.jspecify.annotations.NullMarked;
