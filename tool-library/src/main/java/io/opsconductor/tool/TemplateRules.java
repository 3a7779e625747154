package io.opsconductor.tool;

import io.opsconductor.tool.CommandTemplate.Between;
import io.opsconductor.tool.CommandTemplate.Piece;
import io.opsconductor.tool.CommandTemplate.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where a value may stand in a command so that it stays data: never as the program itself, and never as a text that the
 * program would run, such as the script of {@code sh -c}.
 */
final class TemplateRules {
    private static final Pattern SHELL_CODE = Pattern.compile("-[A-Za-z]*c[A-Za-z]*");
    private static final Pattern AWK_CODE = Pattern.compile("-e|--source(=.*)?");

    /** Programs that run one of their arguments, with the options whose value that is. */
    private static final Map<String, Pattern> CODE_OPTIONS = Map.ofEntries(
            Map.entry("sh", SHELL_CODE),
            Map.entry("bash", SHELL_CODE),
            Map.entry("dash", SHELL_CODE),
            Map.entry("ash", SHELL_CODE),
            Map.entry("zsh", SHELL_CODE),
            Map.entry("ksh", SHELL_CODE),
            Map.entry("fish", SHELL_CODE),
            Map.entry("python", SHELL_CODE),
            Map.entry("su", Pattern.compile("-[A-Za-z]*c|--command(=.*)?")),
            Map.entry("perl", Pattern.compile("-[A-Za-z]*[eE]")),
            Map.entry("ruby", Pattern.compile("-[A-Za-z]*e")),
            Map.entry("sed", Pattern.compile("-[A-Za-z]*e|--expression(=.*)?")),
            Map.entry("awk", AWK_CODE),
            Map.entry("gawk", AWK_CODE),
            Map.entry("mawk", AWK_CODE),
            Map.entry("node", Pattern.compile("-[ep]|--(eval|print)(=.*)?")),
            Map.entry("php", Pattern.compile("-r")));

    /** Programs whose first operand is a program text. */
    private static final Set<String> SCRIPT_FIRST = Set.of("awk", "gawk", "mawk", "sed");

    private static final Set<String> EVALUATORS =
            Set.of("eval", "source", ".", "trap", "watch", "let", "declare", "typeset", "[[");
    private static final Pattern SSH_OPTION = Pattern.compile("-[A-Za-z0-9]*[BbcDEeFIiJLlmOopQRSWw]");
    private static final Set<String> PREFIXES =
            Set.of("sudo", "doas", "env", "exec", "command", "nohup", "xargs", "nice", "setsid", "builtin", "timeout");
    private static final Set<String> RESERVED =
            Set.of("if", "then", "else", "elif", "do", "while", "until", "!", "{", "time");
    private static final Pattern REDIRECTION = Pattern.compile("&>|[<>]&?|\\\\\n");
    private static final Pattern SEPARATOR = Pattern.compile("[|&;()\n#]");
    private static final Pattern ASSIGNMENT = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*\\+?=.*", Pattern.DOTALL);

    private final List<TemplateError> errors;

    private TemplateRules(List<TemplateError> errors) {
        this.errors = errors;
    }

    /**
     * Adds every breach of the rules to {@code errors}.
     *
     * @param optional parameters that may be absent
     */
    static void check(CommandTemplate parsed, Set<String> optional, List<TemplateError> errors) {
        TemplateRules rules = new TemplateRules(errors);
        commands(parsed).forEach(rules::command);
        if (parsed instanceof CommandTemplate.ShellLine line) {
            rules.redirections(line.pieces(), optional);
        }
    }

    private void redirections(List<Piece> pieces, Set<String> optional) {
        for (int i = 1; i < pieces.size(); i++) {
            if (pieces.get(i) instanceof Word word
                    && word.placeholders().anyMatch(optional::contains)
                    && pieces.get(i - 1) instanceof Between between
                    && (between.text().contains("<") || between.text().contains(">"))) {
                refuse(
                        word,
                        "after a redirection, where it may be absent",
                        "Make the parameter required, or give it a default.");
            }
        }
    }

    /** The simple commands of a template: what stands between operators, without targets of redirections. */
    static List<List<Word>> commands(CommandTemplate parsed) {
        return switch (parsed) {
            case CommandTemplate.Arguments arguments -> List.of(arguments.words());
            case CommandTemplate.ShellLine line -> simpleCommands(line.pieces());
            case CommandTemplate.Script _,
                    CommandTemplate.PowerShell _,
                    CommandTemplate.CmdLine _,
                    CommandTemplate.Request _,
                    CommandTemplate.Statement _,
                    CommandTemplate.Unreadable _ -> List.of();
        };
    }

    /** A word's text for comparing: without quotes and, for a program, without its folder. */
    static String plain(Word word) {
        String text = word.literal().replaceAll("['\"\\\\]", "");
        return text.substring(text.lastIndexOf('/') + 1);
    }

    private static List<List<Word>> simpleCommands(List<Piece> pieces) {
        List<List<Word>> commands = new ArrayList<>();
        List<Word> command = new ArrayList<>();
        boolean redirected = false;
        for (Piece piece : pieces) {
            switch (piece) {
                case Between between -> {
                    String text = between.text();
                    redirected = text.contains("<") || text.contains(">");
                    // The number before a redirection is part of it, and an & beside it ends no command.
                    if (REDIRECTION.matcher(text).lookingAt()
                            && !command.isEmpty()
                            && command.getLast().literal().matches("[0-9]+")) {
                        command.removeLast();
                    }
                    if (SEPARATOR
                                    .matcher(REDIRECTION.matcher(text).replaceAll(""))
                                    .find()
                            && !command.isEmpty()) {
                        commands.add(command);
                        command = new ArrayList<>();
                    }
                }
                case Word word -> {
                    if (!redirected) {
                        command.add(word);
                    }
                    redirected = false;
                }
            }
        }
        if (!command.isEmpty()) {
            commands.add(command);
        }
        return commands;
    }

    private void command(List<Word> words) {
        int program = program(words);
        if (program == words.size()) {
            return;
        }
        if (words.get(program).hasPlaceholder()) {
            refuse(words.get(program), "as the program to run", "Write the program out; values are for its arguments.");
        }
        if (EVALUATORS.contains(plain(words.get(program)))) {
            words.stream()
                    .skip(program + 1L)
                    .filter(Word::hasPlaceholder)
                    .forEach(word ->
                            refuse(word, "as text that " + plain(words.get(program)) + " would run", "Leave it out."));
        }
        for (int i = program; i < words.size(); i++) {
            interpreter(words, i);
        }
    }

    private static int program(List<Word> words) {
        boolean prefixed = false;
        for (int i = 0; i < words.size(); i++) {
            Word word = words.get(i);
            String plain = plain(word);
            if (ASSIGNMENT.matcher(word.literal()).matches()) {
                continue;
            }
            if (word.hasPlaceholder()) {
                return i;
            }
            if (plain.equals("command")
                    && i + 1 < words.size()
                    && plain(words.get(i + 1)).matches("-[vV]")) {
                return i;
            }
            if (prefixed && plain.startsWith("-")) {
                // The common options of these prefixes that take a value.
                i += plain.matches("-[ugnks]") ? 1 : 0;
            } else if (PREFIXES.contains(plain)) {
                prefixed = true;
                i += plain.equals("timeout") ? 1 : 0;
            } else if (!RESERVED.contains(plain)) {
                return i;
            }
        }
        return words.size();
    }

    /** What follows ssh's host goes through a second shell, for which nothing was quoted. */
    private void secondShell(List<Word> words, int at) {
        boolean hostSeen = false;
        for (int i = at + 1; i < words.size(); i++) {
            Word word = words.get(i);
            if (!hostSeen && word.literal().startsWith("-")) {
                i += SSH_OPTION.matcher(word.literal()).matches() && !word.hasPlaceholder() ? 1 : 0;
            } else if (hostSeen && word.hasPlaceholder()) {
                refuse(word, "where ssh would have a second shell read it", "Make a tool with method ssh instead.");
            } else {
                hostSeen = true;
            }
        }
    }

    private void interpreter(List<Word> words, int at) {
        String program = plain(words.get(at));
        if (program.equals("ssh")) {
            secondShell(words, at);
        }
        // python3.13 is python; "$SHELL" is a shell.
        Pattern codeOption =
                program.startsWith("$") ? SHELL_CODE : CODE_OPTIONS.get(program.replaceFirst("[0-9.]+$", ""));
        if (codeOption == null) {
            return;
        }
        boolean operandSeen = false;
        for (int i = at + 1; i < words.size(); i++) {
            Word word = words.get(i);
            String text = word.literal().replaceAll("['\"\\\\]", "");
            boolean code = codeOption.matcher(text).matches();
            if (code && word.hasPlaceholder()) {
                refuseCode(word, program);
            } else if (code && i + 1 < words.size()) {
                operandSeen = true;
                if (words.get(++i).hasPlaceholder()) {
                    refuseCode(words.get(i), program);
                }
            } else if (text.matches("-[vFf]") && SCRIPT_FIRST.contains(program)) {
                i++;
            } else if (!text.startsWith("-") && !operandSeen) {
                operandSeen = true;
                if (SCRIPT_FIRST.contains(program) && word.hasPlaceholder()) {
                    refuseCode(word, program);
                }
            }
        }
    }

    private void refuseCode(Word word, String program) {
        boolean shell = program.endsWith("sh");
        refuse(
                word,
                "inside a text that " + program + " would run",
                shell
                        ? "Give it as a further word: " + program + " -c '... \"$0\"' {"
                                + word.placeholders().findFirst().orElse("value") + "}."
                        : "Give it as a further argument, or as a variable.");
    }

    private void refuse(Word word, String where, String fix) {
        for (CommandTemplate.Part part : word.parts()) {
            if (part instanceof CommandTemplate.Placeholder placeholder) {
                errors.add(new TemplateError(
                        placeholder.offset(),
                        "expected fixed text, found {" + placeholder.parameter() + "} " + where,
                        fix));
                return;
            }
        }
    }
}
