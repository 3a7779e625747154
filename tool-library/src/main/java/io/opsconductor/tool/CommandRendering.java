package io.opsconductor.tool;

import io.opsconductor.plan.RenderedCommand;
import io.opsconductor.tool.CommandTemplate.Between;
import io.opsconductor.tool.CommandTemplate.Literal;
import io.opsconductor.tool.CommandTemplate.Piece;
import io.opsconductor.tool.CommandTemplate.Placeholder;
import io.opsconductor.tool.CommandTemplate.Word;
import java.time.Instant;
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

    private final RenderedValues values;
    private final Surroundings surroundings;

    private CommandRendering(
            ToolDefinition tool, Map<String, Object> values, Surroundings surroundings, Instant moment) {
        this.values = new RenderedValues(tool, values, moment);
        this.surroundings = surroundings;
    }

    /**
     * What a target adds to a request or a statement, or makes of a line.
     *
     * @param basePath what stands before the path of every request; empty, or begins with a slash and ends without one
     * @param nameQuote what its database puts around a name: {@code "} or {@code `}
     * @param device whether it is a network device, whose command line is no shell
     */
    public record Surroundings(String basePath, char nameQuote, boolean device) {
        /** Of what has a shell, or needs none. */
        public Surroundings(String basePath, char nameQuote) {
            this(basePath, nameQuote, false);
        }

        /** No base path, and SQL's own quotes. */
        public static final Surroundings PLAIN = new Surroundings("", '"');
    }

    /** For a target that adds nothing, and at no moment in particular. */
    public static RenderedCommand render(ToolDefinition tool, Map<String, Object> values) {
        return render(tool, values, Surroundings.PLAIN);
    }

    /** At no moment in particular, for what holds none. */
    public static RenderedCommand render(ToolDefinition tool, Map<String, Object> values, Surroundings surroundings) {
        return render(tool, values, surroundings, Instant.EPOCH);
    }

    /**
     * Renders.
     *
     * @param values as {@link CheckedParameters} accepted them, host names already replaced by addresses where they are
     *     inventory names; values of parameters that have no place in the template are ignored
     * @param moment of the preview that is rendered, or rendered again
     * @throws RenderingException when a required value is absent, a value holds hidden characters, or begins with a
     *     hyphen without leave; or cannot be written as data in what the tool runs
     */
    public static RenderedCommand render(
            ToolDefinition tool, Map<String, Object> values, Surroundings surroundings, Instant moment) {
        CommandRendering rendering = new CommandRendering(tool, values, surroundings, moment);
        return switch (tool.template()) {
            case CommandTemplate.Arguments arguments -> rendering.arguments(arguments);
            case CommandTemplate.ShellLine line -> rendering.shellLine(line);
            case CommandTemplate.Script script -> rendering.script(script);
            case CommandTemplate.PowerShell script -> new WindowsRendering(rendering.values).script(script.parts());
            case CommandTemplate.CmdLine line -> new WindowsRendering(rendering.values).line(line.parts());
            case CommandTemplate.Request request ->
                new RequestRendering(tool.name(), rendering.values).render(request, surroundings.basePath());
            case CommandTemplate.Statement statement ->
                new StatementRendering(tool, rendering.values).render(statement, surroundings.nameQuote());
            case CommandTemplate.Unreadable unreadable ->
                throw new RenderingException("tool " + tool.name() + ": it has no template of method "
                        + unreadable.method().word());
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
                            case Placeholder placeholder -> values.text(placeholder.parameter());
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

    /**
     * The braces make the shell read everything before it runs anything, so that half a script can never run; and what runs
     * reads nothing, so that it cannot eat the rest.
     */
    private RenderedCommand script(CommandTemplate.Script template) {
        StringBuilder line = new StringBuilder("sh -s");
        for (String name : template.parameters()) {
            line.append(line.length() == 5 ? " -- " : " ")
                    .append(values.isAbsent(name) ? "''" : PosixQuoting.word(values.text(name)));
        }
        return new RenderedCommand.ShellInput(line.toString(), "{\n" + template.text() + "} </dev/null\n", "", false);
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
                            String value = values.text(placeholder.parameter());
                            if (surroundings.device()
                                    && !PLAIN_NEIGHBOUR.matcher(value).matches()) {
                                throw values.refused(
                                        placeholder.parameter(),
                                        "a network device has no quotes, so it may hold only letters, digits and"
                                                + " _./:@%+,=-");
                            }
                            yield surroundings.device()
                                    ? value
                                    : bare ? PosixQuoting.word(value) : PosixQuoting.quoted(value);
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
        return word.placeholders().anyMatch(values::isAbsent);
    }
}
