package io.opsconductor.brain.language;

import io.opsconductor.brain.intent.Entity;
import io.opsconductor.tool.CatalogueEntry;
import io.opsconductor.tool.CatalogueEntry.Parameter;
import java.util.regex.Pattern;

/** A place in an example. */
sealed interface FormPart {
    /** How much each part weighs. */
    double WORD = 1;

    double VALUE = 0.6;
    double NAMED = 0.4;
    double SMALL = 0.1;
    /** A path of a log, by its ending or its place. */
    Pattern LOG = Pattern.compile("(?i)[.](log|err|out)([.\\d]+)?$|[/\\\\]logs?[/\\\\].*[^/]$");

    Pattern PATH = Pattern.compile("~?/.*|[A-Za-z]:\\\\.*");
    Pattern NUMBER = Pattern.compile("-?[0-9]+\\p{Alpha}{0,2}");

    record Literal(String stem) implements FormPart {}

    record Small(String lower) implements FormPart {}

    /** Something named. */
    record Thing(Kind kind) implements FormPart {}

    /**
     * The value of a text parameter.
     *
     * @param behindNoun whether it stands behind what the parameter is called: "the container web"
     */
    record Open(Parameter parameter, boolean behindNoun) implements FormPart {}

    /** Whether it takes all that is named in one place, and not one word of it. */
    default boolean isWhole() {
        return this instanceof Thing || this instanceof Open;
    }

    default double weight() {
        return switch (this) {
            case Literal _ -> WORD;
            case Small _ -> SMALL;
            case Thing _ -> NAMED;
            case Open _ -> VALUE;
        };
    }

    /** What an example names. */
    enum Kind {
        LOG,
        PATH,
        NUMBER,
        SERVICE,
        TARGET,
        HOST,
        URL,
        TEXT;

        static Kind of(Word word, CatalogueEntry tool) {
            if (word.text().contains("://")) {
                return URL;
            }
            if (FormPart.PATH.matcher(word.text()).matches()) {
                return FormPart.LOG.matcher(word.text()).find() ? LOG : PATH;
            }
            if (FormPart.NUMBER.matcher(word.text()).matches()) {
                return NUMBER;
            }
            return !word.isWord() ? TEXT : tool.needsTarget() && word.text().indexOf('.') < 0 ? TARGET : HOST;
        }

        boolean fits(Mention mention) {
            return mention.entities().stream().anyMatch(this::fits);
        }

        private boolean fits(Entity entity) {
            return switch (entity) {
                case Entity.Value value ->
                    switch (value.type()) {
                        case PATH ->
                            this == (FormPart.LOG.matcher(value.value()).find() ? LOG : PATH);
                        case INTEGER, PORT, DURATION -> this == NUMBER;
                        case SERVICE -> this == SERVICE;
                        case URL -> this == URL;
                        case HOST, IP, CIDR, TARGET -> this == HOST;
                        case STRING, BOOLEAN, ENUM, SQL_IDENTIFIER, SECRET -> this == TEXT;
                    };
                case Entity.Targets _, Entity.AmbiguousTarget _ -> this == TARGET || this == HOST;
                case Entity.UnknownTarget _ -> false;
                case Entity.Unsafe _ -> false;
            };
        }
    }
}
