package io.opsconductor.tool;

import io.opsconductor.plan.Effect;
import io.opsconductor.tool.CommandTemplate.Word;
import io.opsconductor.yaml.Finding;
import io.opsconductor.yaml.Place;
import io.opsconductor.yaml.YamlFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What would make a working tool better. */
final class Advice {
    /** Fewer examples than this leave a tool hard to find. */
    static final int MIN_EXAMPLES = 4;

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

    private Advice() {}

    static List<Finding> of(YamlFile file, ToolDefinition tool) {
        List<Finding> advice = new ArrayList<>();
        if (tool.examples().isEmpty()) {
            advice.add(advice(
                    file,
                    "",
                    "it has no examples",
                    "Add \"examples:\" with at least " + MIN_EXAMPLES
                            + " requests as people write them; without them it is hard to find."));
        } else if (tool.examples().size() < MIN_EXAMPLES) {
            advice.add(advice(
                    file,
                    "/examples",
                    "it has too few examples (" + tool.examples().size() + ")",
                    "Add more, up to eight in different words; they are how the tool is found."));
        }
        effect(file, tool).ifPresent(advice::add);
        for (int i = 0; i < file.root().path("parameters").size(); i++) {
            String pointer = "/parameters/" + i;
            if (file.root().at(pointer + "/description").asText().isEmpty()) {
                advice.add(advice(
                        file,
                        pointer,
                        "the parameter has no description",
                        "Say what it means; the chat shows it when it asks for the value."));
            }
        }
        return advice;
    }

    private static Optional<Finding> effect(YamlFile file, ToolDefinition tool) {
        List<List<Word>> commands = TemplateRules.commands(tool.template());
        Optional<String> changing = commands.stream()
                .flatMap(List::stream)
                .map(TemplateRules::plain)
                .filter(CHANGING::contains)
                .findFirst();
        if (tool.effect() == Effect.READ && changing.isPresent()) {
            return Optional.of(advice(
                    file,
                    "/effect",
                    "the effect is read, but " + changing.get() + " usually changes something",
                    "Write \"effect: change\" or \"effect: destroy\" unless it really only looks."));
        }
        boolean onlyLooks = !commands.isEmpty()
                && commands.stream().allMatch(command -> LOOKING.contains(TemplateRules.plain(command.getFirst())));
        if (!file.root().has("effect") && onlyLooks && changing.isEmpty()) {
            return Optional.of(advice(
                    file,
                    "",
                    "it names no effect, so it counts as change and asks for approval",
                    "Write \"effect: read\" if it only looks."));
        }
        return Optional.empty();
    }

    private static Finding advice(YamlFile file, String pointer, String message, String fix) {
        Place place = pointer.isEmpty() ? Place.START : file.place(pointer);
        return new Finding(Finding.Severity.ADVICE, file.name(), place, YamlFile.path(pointer), message, fix);
    }
}
