package io.opsconductor.chat.picture;

import java.awt.Color;
import java.util.List;
import java.util.stream.Stream;

/** The colours of a picture, those of the page: whoever looks at a dark page wants no white square in it. */
public enum Look {
    LIGHT(
            "#ffffff",
            "#1b2130",
            "#586076",
            "#dfe3ec",
            "#3557d6 #c2410c #13703f #8b2fc9 #0e7490 #a16207 #be185d #475569"),
    DARK("#171b25", "#e6e9f1", "#a2abbf", "#2d3444", "#8fa8ff #fdba74 #74d8a0 #d8b4fe #67e8f9 #fde047 #f9a8d4 #cbd5e1");

    private final Color ground;
    private final Color text;
    private final Color soft;
    private final Color line;
    /** Apart by blanks. */
    private final String series;

    Look(String ground, String text, String soft, String line, String series) {
        this.ground = Color.decode(ground);
        this.text = Color.decode(text);
        this.soft = Color.decode(soft);
        this.line = Color.decode(line);
        this.series = series;
    }

    Color ground() {
        return ground;
    }

    Color text() {
        return text;
    }

    Color soft() {
        return soft;
    }

    Color line() {
        return line;
    }

    /** Every colour that says something. */
    List<Color> meaning() {
        return Stream.concat(Stream.of(ground, text, soft, line), Stream.of(series()))
                .toList();
    }

    Color[] series() {
        return Stream.of(series.split(" ", -1)).map(Color::decode).toArray(Color[]::new);
    }
}
