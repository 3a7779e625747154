/**
 * Figures as pictures: a chart that the outputs of an execution gave enters, a PNG leaves. What it shows stands in words and in a table
 * beside it, so that nothing is lost where a picture is not seen or cannot be drawn. It must never show anything that is not in the chart.
 */
@NullMarked
package io.opsconductor.chat.picture;

import org.jspecify.annotations.NullMarked;
