package io.opsconductor.tool;

import io.opsconductor.plan.Effect;
import io.opsconductor.tool.CommandTemplate.Between;
import io.opsconductor.tool.CommandTemplate.Literal;
import io.opsconductor.tool.CommandTemplate.Part;
import io.opsconductor.tool.CommandTemplate.Word;
import io.opsconductor.yaml.Finding;
import io.opsconductor.yaml.YamlFile;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Whether a tool's effect fits its command: by the words that it uses, so as a hint and never as a border. */
final class EffectAdvice {
    // Words that change something wherever they stand in a command; a list for hints, not a border.
    private static final Set<String> CHANGING = Set.of(
            "rm",
            "rmdir",
            "mv",
            "cp",
            "dd",
            "tee",
            "truncate",
            "shred",
            "ln",
            "mkdir",
            "touch",
            "install",
            "chmod",
            "chown",
            "kill",
            "killall",
            "pkill",
            "reboot",
            "shutdown",
            "poweroff",
            "halt",
            "restart",
            "start",
            "stop",
            "reload",
            "enable",
            "disable",
            "mask",
            "useradd",
            "userdel",
            "usermod",
            "passwd",
            "chpasswd",
            "iptables",
            "nft",
            "mount",
            "umount",
            "mkfs",
            "fdisk",
            "crontab",
            "delete",
            "remove",
            "purge",
            "upgrade",
            "drop");
    private static final Set<String> LOOKING = Set.of(
            "df",
            "du",
            "free",
            "uptime",
            "ps",
            "top",
            "ls",
            "stat",
            "cat",
            "head",
            "tail",
            "grep",
            "wc",
            "uname",
            "id",
            "whoami",
            "hostname",
            "date",
            "ping",
            "traceroute",
            "getent",
            "dig",
            "nslookup",
            "host",
            "ss",
            "netstat",
            "lsof",
            "last",
            "who",
            "w",
            "vmstat",
            "iostat",
            "journalctl",
            "dmesg");

    /** Programs of {@link #LOOKING} that also change something when they are given a value or an option. */
    private static final Set<String> LOOKING_OR_SETTING =
            Set.of("hostname", "date", "dmesg", "journalctl", "ss", "top");

    private static final Pattern SCRIPT_CHANGE = Pattern.compile(
            "(?m)(?:^|[;|&(]|\\b(?:then|do|else|sudo))[ \\t]*(rm|rmdir|mv|dd|truncate|shred|mkdir|chmod|chown|kill|killall|pkill"
                    + "|reboot|shutdown|poweroff|useradd|userdel|usermod|umount|mkfs)[ \\t]");
    private static final Pattern SCRIPT_SERVICE =
            Pattern.compile("\\bsystemctl[ \\t]+(start|stop|restart|reload|enable|disable|mask)\\b");
    private static final Pattern CMDLET_CHANGE = Pattern.compile(
            "(?i)\\b(?:(?:Restart|Stop|Remove|Clear|Disable|Uninstall|Rename|Suspend)-[a-z]+"
                    + "|(?:Start|Set|New|Enable)-(?:Service|Item|ItemProperty|ScheduledTask|LocalUser|ADUser|Website|WebAppPool))\\b");
    private static final Set<String> CHANGING_METHODS = Set.of("PUT", "PATCH", "DELETE");
    private static final Pattern HARMLESS_REDIRECTION = Pattern.compile("[0-9]?>+[ \\t]*(?:/dev/null|&[0-9])");

    private EffectAdvice() {}

    static Optional<Finding> of(YamlFile file, ToolDefinition tool) {
        Optional<String> changing = changing(tool.template());
        if (tool.effect() == Effect.READ) {
            return changing.map(word -> Advice.advice(
                    file,
                    "/effect",
                    "the effect is read, but " + word + " usually changes something",
                    "Write \"effect: change\" or \"effect: destroy\" unless it really only looks."));
        }
        if (changing.isPresent()) {
            return Optional.empty();
        }
        if (!file.root().has("effect")) {
            return onlyLooks(tool.template(), Set.of())
                    ? Optional.of(Advice.advice(
                            file,
                            "",
                            "it names no effect, so it counts as change and asks for approval",
                            "Write \"effect: read\" if it only looks."))
                    : Optional.empty();
        }
        return onlyLooks(tool.template(), LOOKING_OR_SETTING)
                ? Optional.of(Advice.advice(
                        file,
                        "/effect",
                        "the effect is " + tool.effect().word() + ", but its command usually only looks",
                        "Write \"effect: read\" if it changes nothing, so that nobody has to approve a look."))
                : Optional.empty();
    }

    /** The first word of a command that usually changes something. */
    private static Optional<String> changing(CommandTemplate template) {
        return switch (template) {
            case CommandTemplate.Arguments _, CommandTemplate.ShellLine _ ->
                TemplateRules.commands(template).stream()
                        .flatMap(List::stream)
                        .map(TemplateRules::plain)
                        .filter(CHANGING::contains)
                        .findFirst();
            case CommandTemplate.Script script ->
                first(SCRIPT_CHANGE, 1, script.text()).or(() -> first(SCRIPT_SERVICE, 1, script.text()));
            case CommandTemplate.PowerShell script -> first(CMDLET_CHANGE, 0, literal(script.parts()));
            case CommandTemplate.Request request ->
                Optional.of(request.method()).filter(CHANGING_METHODS::contains);
            // A statement of effect read is held to it when it runs, and cmd's words are too many to know.
            case CommandTemplate.CmdLine _, CommandTemplate.Statement _, CommandTemplate.Unreadable _ ->
                Optional.empty();
        };
    }

    private static Optional<String> first(Pattern pattern, int group, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(group)) : Optional.empty();
    }

    private static String literal(List<Part> parts) {
        return parts.stream()
                .map(part -> part instanceof Literal literal ? literal.text() : " ")
                .collect(Collectors.joining());
    }

    private static boolean onlyLooks(CommandTemplate template, Set<String> except) {
        List<List<Word>> commands = TemplateRules.commands(template);
        return !commands.isEmpty()
                && !writes(template)
                && commands.stream()
                        .map(command -> TemplateRules.plain(command.getFirst()))
                        .allMatch(program -> LOOKING.contains(program) && !except.contains(program));
    }

    /** Whether output goes into a file. */
    private static boolean writes(CommandTemplate template) {
        if (!(template instanceof CommandTemplate.ShellLine line)) {
            return false;
        }
        String text = line.pieces().stream()
                .map(piece -> switch (piece) {
                    case Between between -> between.text();
                    case Word word -> word.literal();
                })
                .collect(Collectors.joining());
        return HARMLESS_REDIRECTION.matcher(text).replaceAll("").contains(">");
    }
}
