package io.opsconductor.tool;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A command template, taken apart when the tool is loaded, so that a value can only ever fill its own place. */
public sealed interface CommandTemplate {
    /**
     * For a program that is run without a shell.
     *
     * @param words one per argument, the program first; quotes are already resolved
     */
    record Arguments(List<Word> words) implements CommandTemplate {
        public Arguments {
            words = List.copyOf(words);
        }
    }

    /**
     * For a POSIX shell. Literal text is sent as it was written; each value is quoted.
     *
     * @param pieces in order; their texts together are the command line
     */
    record ShellLine(List<Piece> pieces) implements CommandTemplate {
        public ShellLine {
            pieces = List.copyOf(pieces);
        }
    }

    /**
     * For a POSIX shell, which reads it from its input. It is sent as it was written; values are its arguments.
     *
     * @param text with a line feed at its end
     * @param parameters the names of {@code $1} and so on
     */
    record Script(String text, List<String> parameters) implements CommandTemplate {
        public Script {
            parameters = List.copyOf(parameters);
        }
    }

    /**
     * For Windows PowerShell. Each value becomes a literal.
     *
     * @param parts in order; the literal texts are as written
     */
    record PowerShell(List<Part> parts) implements CommandTemplate {
        public PowerShell {
            parts = List.copyOf(parts);
        }
    }

    /**
     * For the command interpreter of Windows. Only values that need no quotes can be rendered.
     *
     * @param parts in order; the literal texts are as written
     */
    record CmdLine(List<Part> parts) implements CommandTemplate {
        public CmdLine {
            parts = List.copyOf(parts);
        }
    }

    /**
     * For a web address. Each value is encoded for the place where it stands.
     *
     * @param method such as {@code GET}
     * @param path what follows the target's base path; begins with a slash
     * @param query the query's pairs, in order
     * @param headers header fields, in order
     * @param content the body
     * @param expected statuses that count as success; empty means 200 to 299
     * @param extract JSON pointer into the answer; empty for the whole answer
     * @param retries 0 to 3
     */
    record Request(
            String method,
            List<Part> path,
            List<Entry> query,
            List<Entry> headers,
            Content content,
            List<Integer> expected,
            String extract,
            int retries)
            implements CommandTemplate {
        public Request {
            path = List.copyOf(path);
            query = List.copyOf(query);
            headers = List.copyOf(headers);
            expected = List.copyOf(expected);
        }
    }

    /**
     * For a database. Values are bound; only an SQL name becomes part of the text, in quotes.
     *
     * @param parts in order; the literal texts are as written
     * @param maxRows how many rows of the result are shown, at most
     */
    record Statement(List<Part> parts, int maxRows) implements CommandTemplate {
        public Statement {
            parts = List.copyOf(parts);
        }
    }

    /** A named value of a query, a form or the headers. */
    record Entry(String name, List<Part> value) {
        public Entry {
            value = List.copyOf(value);
        }
    }

    /** What a request carries. */
    sealed interface Content {}

    /** Nothing. */
    record NoContent() implements Content {}

    /** {@code application/x-www-form-urlencoded}. */
    record Form(List<Entry> fields) implements Content {
        public Form {
            fields = List.copyOf(fields);
        }
    }

    /** {@code application/json}. */
    record JsonContent(JsonValue value) implements Content {}

    /** A value within a JSON body. */
    sealed interface JsonValue {}

    /** A number, a truth value or null, as written. */
    record Fixed(JsonNode node) implements JsonValue {}

    /** Text; one that is a single placeholder takes the value's own JSON type. */
    record JsonText(List<Part> parts) implements JsonValue {
        public JsonText {
            parts = List.copyOf(parts);
        }
    }

    /** An object. */
    record Members(Map<String, JsonValue> members) implements JsonValue {}

    /** A list. */
    record Items(List<JsonValue> items) implements JsonValue {
        public Items {
            items = List.copyOf(items);
        }
    }

    /**
     * None, or none of the right shape, which is an error of its file.
     *
     * @param method whose it should be
     */
    record Unreadable(ExecutionMethod method) implements CommandTemplate {}

    /** A piece of a shell line. */
    sealed interface Piece {}

    /** Blanks, line feeds and operators between words. */
    record Between(String text) implements Piece {}

    /** Text that belongs together, without blanks between its parts. */
    record Word(List<Part> parts) implements Piece {
        public Word {
            parts = List.copyOf(parts);
        }

        boolean hasPlaceholder() {
            return parts.stream().anyMatch(Placeholder.class::isInstance);
        }

        /** The literal parts together, as written. */
        String literal() {
            return parts.stream()
                    .map(part -> part instanceof Literal literal ? literal.text() : "")
                    .collect(Collectors.joining());
        }

        Stream<String> placeholders() {
            return parts.stream()
                    .flatMap(part -> part instanceof Placeholder p ? Stream.of(p.parameter()) : Stream.of());
        }
    }

    /** Part of a word. */
    sealed interface Part {}

    /** Fixed text. */
    record Literal(String text) implements Part {}

    /**
     * The place of a parameter's value.
     *
     * @param parameter its name
     * @param offset character of the template's text where it stands, from 0
     */
    record Placeholder(String parameter, int offset) implements Part {}

    /** Names of the parameters that have a place in it. */
    default Set<String> placeholders() {
        return parts().flatMap(part -> part instanceof Placeholder p ? Stream.of(p.parameter()) : Stream.of())
                .collect(Collectors.toUnmodifiableSet());
    }

    private Stream<Part> parts() {
        return switch (this) {
            case Arguments arguments -> arguments.words().stream().flatMap(w -> w.parts().stream());
            case ShellLine line ->
                line.pieces().stream().flatMap(p -> p instanceof Word word ? word.parts().stream() : Stream.of());
            case Script script -> script.parameters().stream().map(name -> new Placeholder(name, 0));
            case Request request ->
                Stream.of(
                                request.path().stream(),
                                partsOf(request.query()),
                                partsOf(request.headers()),
                                switch (request.content()) {
                                    case NoContent _ -> Stream.<Part>of();
                                    case Form form -> partsOf(form.fields());
                                    case JsonContent json -> partsOf(json.value());
                                })
                        .flatMap(s -> s);
            case PowerShell script -> script.parts().stream();
            case CmdLine line -> line.parts().stream();
            case Statement statement -> statement.parts().stream();
            case Unreadable _ -> Stream.of();
        };
    }

    private static Stream<Part> partsOf(List<Entry> entries) {
        return entries.stream().flatMap(e -> e.value().stream());
    }

    private static Stream<Part> partsOf(JsonValue value) {
        return switch (value) {
            case Fixed _ -> Stream.of();
            case JsonText text -> text.parts().stream();
            case Members members -> members.members().values().stream().flatMap(CommandTemplate::partsOf);
            case Items items -> items.items().stream().flatMap(CommandTemplate::partsOf);
        };
    }
}
