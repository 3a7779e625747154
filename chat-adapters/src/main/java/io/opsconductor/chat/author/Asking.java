package io.opsconductor.chat.author;

import io.opsconductor.json.Json;
import io.opsconductor.tool.ParameterType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Asks an author at a terminal, one question a line, again until the answer can be used. */
final class Asking {
    private final BufferedReader answers;
    private final PrintWriter out;

    Asking(BufferedReader answers, PrintWriter out) {
        this.answers = answers;
        this.out = out;
    }

    /** There is no further answer: Ctrl-D. */
    static final class EndedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        EndedException() {
            super("nothing was written");
        }
    }

    /**
     * Asks until the answer is right.
     *
     * @param standard what an empty answer means; empty when there must be one
     * @param expected what is expected, said when an answer is wrong
     */
    String ask(String question, String standard, String expected, Predicate<String> right) throws IOException {
        while (true) {
            String said = line(question + (standard.isEmpty() ? "" : " [" + standard + "]") + ": ");
            String answer = said.isEmpty() ? standard : said;
            if (!answer.isEmpty() && right.test(answer)) {
                return answer;
            }
            out.println("Expected " + expected + ".");
        }
    }

    /** Asks for one of some words. */
    String choose(String question, List<String> words, String standard) throws IOException {
        String all = String.join(", ", words);
        return ask(question + " (" + all + ")", standard, "one of " + all, words::contains);
    }

    /** Lines until an empty one. */
    List<String> lines(String question) throws IOException {
        out.println(question);
        List<String> lines = new ArrayList<>();
        for (String line = line("> "); !line.isEmpty(); line = line("> ")) {
            lines.add(line);
        }
        return lines;
    }

    /** A parameter, as a YAML mapping on one line. */
    String parameter(String name) throws IOException {
        out.println("The value {" + name + "}:");
        String description = ask("  What it means", "", "a few words", said -> true);
        ParameterType type = type(choose(
                "  Type",
                Arrays.stream(ParameterType.values())
                        .filter(known -> known != ParameterType.SECRET)
                        .map(ParameterType::word)
                        .toList(),
                guess(name).word()));
        StringBuilder yaml = new StringBuilder(
                "{name: " + name + ", description: " + Json.write(description) + ", type: " + type.word());
        switch (type) {
            case ENUM -> {
                String allowed = ask("  Its values, with commas between", "", "at least one value", said -> true);
                yaml.append(Arrays.stream(allowed.split(",", -1))
                        .map(String::strip)
                        .map(Json::write)
                        .collect(Collectors.joining(", ", ", allowed: [", "]")));
            }
            case INTEGER -> {
                yaml.append(", min: ").append(number("  Least", "1"));
                yaml.append(", max: ").append(number("  Greatest", "1000"));
            }
            case DURATION ->
                yaml.append(", max: ")
                        .append(ask(
                                "  Longest", "1h", "such as 30s, 5m or 1h", said -> said.matches("\\d{1,9}[smhd]?")));
            case STRING, BOOLEAN, HOST, IP, CIDR, PORT, URL, PATH, SERVICE, SQL_IDENTIFIER, TARGET, SECRET -> {}
        }
        String standard = line("  Value when a request gives none (empty: it must give one): ");
        if (standard.isEmpty()) {
            return yaml.append(", required: true}").toString();
        }
        boolean bare = (type == ParameterType.INTEGER || type == ParameterType.PORT || type == ParameterType.BOOLEAN)
                && standard.matches("-?\\d{1,18}|true|false");
        return yaml.append(", default: ")
                .append(bare ? standard : Json.write(standard))
                .append('}')
                .toString();
    }

    private String number(String question, String standard) throws IOException {
        return ask(question, standard, "a whole number", said -> said.matches("-?\\d{1,18}"));
    }

    private static ParameterType type(String word) {
        return Arrays.stream(ParameterType.values())
                .filter(type -> type.word().equals(word))
                .findFirst()
                .orElseThrow();
    }

    /** The type that a parameter of that name has most often. */
    private static ParameterType guess(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.matches("(?:count|lines|limit|max|min|top|rows|pid|days|hours|minutes)")) {
            return ParameterType.INTEGER;
        }
        return Arrays.stream(ParameterType.values())
                .filter(type -> type != ParameterType.SECRET && lower.equals(type.word()))
                .findFirst()
                .orElse(
                        lower.matches("(?:file|folder|directory|dir|.*_path)")
                                ? ParameterType.PATH
                                : ParameterType.STRING);
    }

    String line(String prompt) throws IOException {
        out.print(prompt);
        out.flush();
        String line = answers.readLine();
        if (line == null) {
            out.println();
            throw new EndedException();
        }
        return line.strip();
    }
}
