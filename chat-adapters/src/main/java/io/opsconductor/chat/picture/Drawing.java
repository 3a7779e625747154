package io.opsconductor.chat.picture;

import io.opsconductor.brain.outputs.Chart;
import io.opsconductor.brain.outputs.Chart.Point;
import io.opsconductor.brain.outputs.Chart.Series;
import io.opsconductor.text.Shown;
import java.awt.BasicStroke;
import java.awt.Font;
import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TimeZone;
import org.knowm.xchart.HorizontalBarChart;
import org.knowm.xchart.HorizontalBarChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** One chart laid out, with its size in points of the screen. */
record Drawing(int width, int height, Paint painting) {
    private static final int WIDTH = 720;
    private static final int BAR = 26;
    private static final int FRAME = 110;
    private static final int LINES = 320;
    private static final int LEGEND = 22;
    private static final int FEW_POINTS = 40;
    private static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
    private static final Font SMALL = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
    private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 14);

    /** Paints in the given size. */
    @FunctionalInterface
    interface Paint {
        void on(Graphics2D graphics, int width, int height);
    }

    static Drawing of(Chart chart, Look look) {
        return switch (chart.shape()) {
            case BARS -> bars(chart, look);
            case OVER_TIME, IN_ORDER -> lines(chart, look);
        };
    }

    void paint(Graphics2D graphics) {
        painting.on(graphics, width, height);
    }

    private static Drawing bars(Chart chart, Look look) {
        int height = FRAME + BAR * chart.series().size();
        HorizontalBarChart bars = new HorizontalBarChartBuilder()
                .width(WIDTH)
                .height(height)
                .title(title(chart))
                .xAxisTitle(chart.unit())
                .build();
        style(bars.getStyler(), look);
        bars.getStyler().setLegendVisible(false);
        bars.getStyler().setPlotGridHorizontalLinesVisible(false);
        bars.getStyler().setXAxisMin(0.0);
        if (chart.most() != null) {
            bars.getStyler().setXAxisMax(chart.most());
        }
        bars.getStyler().setXAxisDecimalPattern("#,##0.##");
        bars.getStyler().setAvailableSpaceFill(0.7);
        bars.getStyler().setLabelsVisible(true);
        bars.getStyler().setLabelsFont(SMALL);
        // The library leaves out names that are closer together than this; it asks the hint of the other axis.
        bars.getStyler().setXAxisTickMarkSpacingHint(20);
        Set<String> taken = new HashSet<>();
        bars.addSeries(
                "values",
                chart.series().stream().map(one -> one.points().getFirst().y()).toList(),
                chart.series().stream().map(one -> name(one, taken)).toList());
        return new Drawing(WIDTH, height, bars::paint);
    }

    @SuppressWarnings("JavaUtilDate") // The time axis of the library takes no other type.
    private static Drawing lines(Chart chart, Look look) {
        boolean named = chart.series().size() > 1;
        int height = LINES + (named ? LEGEND * ((chart.series().size() + 1) / 2) : 0);
        XYChart lines = new XYChartBuilder()
                .width(WIDTH)
                .height(height)
                .title(title(chart))
                .yAxisTitle(chart.unit())
                .build();
        style(lines.getStyler(), look);
        lines.getStyler().setLegendVisible(named);
        lines.getStyler().setLegendPosition(Styler.LegendPosition.OutsideS);
        lines.getStyler().setLegendLayout(Styler.LegendLayout.Vertical);
        lines.getStyler().setYAxisTitleVisible(!chart.unit().isEmpty());
        lines.getStyler().setTimezone(TimeZone.getTimeZone("UTC"));
        Set<String> taken = new HashSet<>();
        for (Series one : chart.series()) {
            List<Object> across = new ArrayList<>();
            for (Point point : one.points()) {
                across.add(
                        chart.shape() == Chart.Shape.OVER_TIME ? new Date(Math.round(point.x() * 1_000)) : point.x());
            }
            var line = lines.addSeries(
                    name(one, taken),
                    across,
                    one.points().stream().map(Point::y).toList());
            line.setMarker(one.points().size() <= FEW_POINTS ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
            line.setLineStyle(new BasicStroke(2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        }
        if (chart.series().stream().flatMap(one -> one.points().stream()).allMatch(point -> point.y() >= 0)) {
            lines.getStyler().setYAxisMin(0.0);
        }
        if (chart.shape() == Chart.Shape.IN_ORDER) {
            lines.getStyler().setXAxisDecimalPattern("0");
        }
        return new Drawing(WIDTH, height, lines::paint);
    }

    private static void style(AxesChartStyler styler, Look look) {
        styler.setBaseFont(TEXT);
        styler.setChartBackgroundColor(look.ground());
        styler.setPlotBackgroundColor(look.ground());
        styler.setPlotBorderVisible(false);
        styler.setChartFontColor(look.text());
        styler.setChartTitleFont(TITLE);
        styler.setChartTitleBoxVisible(false);
        styler.setChartPadding(12);
        styler.setLegendBackgroundColor(look.ground());
        styler.setLegendBorderColor(look.ground());
        styler.setLegendFont(SMALL);
        styler.setAxisTitleFont(SMALL);
        styler.setAxisTickLabelsFont(SMALL);
        styler.setAxisTickLabelsColor(look.soft());
        styler.setAxisTickMarksColor(look.line());
        styler.setXAxisTitleColor(look.soft());
        styler.setYAxisTitleColor(look.soft());
        styler.setPlotGridLinesColor(look.line());
        styler.setPlotGridLinesStroke(new BasicStroke(1f));
        styler.setSeriesColors(look.series());
        styler.setMarkerSize(6);
    }

    private static String title(Chart chart) {
        String rest = chart.more() == 0 ? "" : " (" + chart.more() + " more are not drawn)";
        return visible(chart.title()) + rest;
    }

    /** Names must differ, and what cannot be seen is made visible. */
    private static String name(Series series, Set<String> taken) {
        String name = visible(series.name());
        String free = name;
        for (int at = 2; !taken.add(free); at++) {
            free = name + " (" + at + ")";
        }
        return free;
    }

    private static String visible(String text) {
        StringBuilder visible = new StringBuilder();
        text.codePoints()
                .forEach(point ->
                        visible.append(Shown.isHidden(point) ? Shown.escape(point) : Character.toString(point)));
        return visible.toString();
    }
}
