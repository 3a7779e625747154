package io.opsconductor.tool;

import io.opsconductor.plan.RenderedCommand;
import io.opsconductor.text.Shown;
import io.opsconductor.tool.CommandTemplate.Between;
import io.opsconductor.tool.CommandTemplate.Literal;
import io.opsconductor.tool.CommandTemplate.Piece;
import io.opsconductor.tool.CommandTemplate.Placeholder;
import io.opsconductor.tool.CommandTemplate.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Turns a template and checked values into the command that would run. For a local command each word of the template
 * becomes one argument; for a shell each value becomes quoted text within its word. A word with the place of an absent
 * optional value disappears as a whole.
 */
public final class CommandRendering {
    // A value may stand bare only in a word that is otherwise this plain: after $name or ~ a bare value would read on.
    private static final Pattern PLAIN_NEIGHBOUR = Pattern.compile("[A-Za-z0-9_./:@%+,=-]*");

    private final ToolDefinition tool;
    private final Map<String, Object> values;

    private CommandRendering(ToolDefinition tool, Map<String, Object> values) {
        this.tool = tool;
        this.values = values;
    }

    /**
     * Renders.
     *
     * @param values as {@link CheckedParameters} accepted them, host names already replaced by addresses where they are
     *     inventory names; values of parameters that have no place in the template are ignored
     * @throws RenderingException when a required value is absent, a value holds hidden characters, or begins with a
     *     hyphen without leave; or the tool's method has no rendering in this version
     */
    public static RenderedCommand render(ToolDefinition tool, Map<String, Object> values) {
        CommandRendering rendering = new CommandRendering(tool, values);
        return switch (tool.template()) {
            case CommandTemplate.Arguments arguments -> rendering.arguments(arguments);
            case CommandTemplate.ShellLine line -> rendering.shellLine(line);
            case CommandTemplate.Unsupported unsupported ->
                throw new RenderingException("tool " + tool.name() + ": method "
                        + unsupported.method().word() + " is not supported yet by this version");
        };
    }

    private RenderedCommand arguments(CommandTemplate.Arguments template) {
        List<String> argv = new ArrayList<>();
        for (Word word : template.words()) {
            if (lacksValue(word)) {
                continue;
            }
            StringBuilder argument = new StringBuilder();
            for (CommandTemplate.Part part : word.parts()) {
                argument.append(
                        switch (part) {
                            case Literal literal -> literal.text();
                            case Placeholder placeholder -> text(placeholder.parameter());
                        });
            }
            argv.add(argument.toString());
        }
        return new RenderedCommand.Argv(argv);
    }

    private RenderedCommand shellLine(CommandTemplate.ShellLine template) {
        StringBuilder line = new StringBuilder();
        List<Piece> pieces = template.pieces();
        for (int i = 0; i < pieces.size(); i++) {
            switch (pieces.get(i)) {
                case Between between -> line.append(between.text());
                case Word word when lacksValue(word) -> dropBlanks(line, i == 0 ? null : pieces.get(i - 1));
                case Word word -> {
                    boolean beforeRedirection = i + 1 < pieces.size()
                            && pieces.get(i + 1) instanceof Between next
                            && (next.text().startsWith("<") || next.text().startsWith(">"));
                    appendWord(line, word, beforeRedirection);
                }
            }
        }
        return new RenderedCommand.Shell(line.toString());
    }

    private void appendWord(StringBuilder line, Word word, boolean beforeRedirection) {
        // A bare number right before > would become a file descriptor.
        boolean bare =
                !beforeRedirection && PLAIN_NEIGHBOUR.matcher(word.literal()).matches();
        for (CommandTemplate.Part part : word.parts()) {
            line.append(
                    switch (part) {
                        case Literal literal -> literal.text();
                        case Placeholder placeholder -> {
                            String value = text(placeholder.parameter());
                            yield bare ? PosixQuoting.word(value) : PosixQuoting.quoted(value);
                        }
                    });
        }
    }

    private static void dropBlanks(StringBuilder line, @Nullable Piece before) {
        // Only the blanks between words: a blank at the end of a word would be an escaped one.
        String blanks = before instanceof Between between ? between.text() : "";
        for (int i = blanks.length(); i > 0 && (blanks.charAt(i - 1) == ' ' || blanks.charAt(i - 1) == '\t'); i--) {
            line.setLength(line.length() - 1);
        }
    }

    private boolean lacksValue(Word word) {
        return word.placeholders()
                .anyMatch(name -> value(name) == null && !parameter(name).required());
    }

    private @Nullable Object value(String name) {
        Object value = values.get(name);
        return value == null ? parameter(name).defaultValue() : value;
    }

    private CatalogueEntry.Parameter parameter(String name) {
        return tool.parameter(name)
                .orElseThrow(() -> new RenderingException("tool " + tool.name() + ": no parameter " + name));
    }

    private String text(String name) {
        CatalogueEntry.Parameter parameter = parameter(name);
        Object value = value(name);
        String text = switch (value) {
            case null -> throw refused(name, "it is required and absent");
            case String s -> s;
            case Long n -> n.toString();
            case Integer n -> n.toString();
            case Boolean b -> b.toString();
            default -> throw refused(name, "a " + value.getClass().getSimpleName() + " has no place in a command");
        };
        if (text.isEmpty() || text.length() > ParameterCheck.MAX_LENGTH) {
            throw refused(name, "it has " + text.length() + " characters");
        }
        text.codePoints().filter(Shown::isHidden).findFirst().ifPresent(c -> {
            throw refused(name, "it contains " + Shown.escape(c));
        });
        if (text.startsWith("-") && !ParameterCheck.mayBeginWithHyphen(parameter, text)) {
            throw refused(name, "it begins with a hyphen");
        }
        return text;
    }

    private RenderingException refused(String name, String why) {
        return new RenderingException("tool " + tool.name() + ": the value of " + name + " cannot be rendered: " + why);
    }
}
