package io.opsconductor.runner.inventory;

import io.opsconductor.json.Digest;
import io.opsconductor.runner.credential.Credential;
import io.opsconductor.runner.file.Reading;
import io.opsconductor.runner.file.SourceFiles;
import io.opsconductor.runner.file.YamlValue;
import io.opsconductor.runner.inventory.ansible.AnsibleHost;
import io.opsconductor.runner.inventory.ansible.AnsibleInventory;
import io.opsconductor.runner.inventory.ansible.AnsibleReader;
import io.opsconductor.runner.inventory.ansible.Watched;
import io.opsconductor.text.Nearest;
import io.opsconductor.text.Shown;
import io.opsconductor.yaml.Finding;
import io.opsconductor.yaml.Place;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads an inventory from one file or several, which together are one inventory. */
public final class InventoryReader {
    /** Targets in one inventory. */
    public static final int MAX_TARGETS = 20_000;

    private static final int MAX_LIST = 1_000;
    static final Pattern ADDRESS = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,252}|[0-9A-Fa-f:.%a-z]{2,60}");
    private static final List<String> FILE_KEYS = List.of("credentials", "known_hosts", "targets", "groups", "ansible");
    private static final List<String> TARGET_KEYS = List.of(
            "name",
            "aliases",
            "address",
            "port",
            "platform",
            "environment",
            "groups",
            "labels",
            "credential",
            "jump",
            "sudo",
            "winrm",
            "http",
            "database");

    private final List<Finding> problems = new ArrayList<>();
    private final List<Finding> warnings = new ArrayList<>();
    private final Set<Path> files = new LinkedHashSet<>();
    private final List<String> digests = new ArrayList<>();
    private final CredentialReader credentials = new CredentialReader(warnings);
    private final StringBuilder knownHosts = new StringBuilder();
    private final Set<Path> knownHostsFiles = new LinkedHashSet<>();
    private final List<Row> rows = new ArrayList<>();
    private final Map<String, String> names = new HashMap<>();
    private final GroupTree groups = new GroupTree();
    private final MethodReader methods = new MethodReader(this::readCredentialName, files, digests, problems);
    private final SshReader ssh = new SshReader(this::readCredentialName);
    private final Overlays overlays = new Overlays(this::readCredentialName, ssh);

    private record Row(
            String name,
            List<String> aliases,
            String address,
            int port,
            String platform,
            String environment,
            Set<String> groups,
            Map<String, String> labels,
            @Nullable Credential credential,
            @Nullable WinRmAddress winrm,
            @Nullable WebAddress http,
            @Nullable DatabaseAddress database,
            List<Jump> jump,
            Sudo sudo) {}

    private InventoryReader() {}

    /**
     * Reads the files.
     *
     * @param files at least one
     */
    public static Reading<Inventory> read(List<Path> files) {
        return new InventoryReader().readAll(files);
    }

    private Reading<Inventory> readAll(List<Path> given) {
        files.addAll(given);
        List<Map<String, YamlValue>> contents = new ArrayList<>();
        List<Path> ansible = new ArrayList<>();
        for (Path file : given) {
            byte[] bytes = Files.isDirectory(file) ? new byte[0] : SourceFiles.bytes(file, problems);
            if (bytes == null) {
                continue;
            }
            if (Files.isDirectory(file) || AnsibleReader.isAnsible(file, bytes)) {
                ansible.add(file);
                readKnownHostsBeside(file);
                continue;
            }
            YamlValue root = SourceFiles.yaml(file, bytes, problems);
            if (root != null) {
                digests.add(Digest.of(bytes));
                contents.add(root.fields(FILE_KEYS));
            }
        }
        // Credentials and host keys first, over all files, so that a target may use what a later file describes.
        for (Map<String, YamlValue> content : contents) {
            section(content, "credentials").forEach(credentials::read);
            YamlValue hosts = content.get("known_hosts");
            if (hosts != null) {
                readKnownHosts(hosts);
            }
        }
        for (Map<String, YamlValue> content : contents) {
            YamlValue targets = content.get("targets");
            if (targets != null) {
                targets.items(MAX_TARGETS).forEach(this::readTarget);
            }
            section(content, "groups").forEach(this::readGroup);
            YamlValue includes = content.get("ansible");
            if (includes != null) {
                includes.items(MAX_LIST).forEach(include -> readAnsible(overlays.read(include)));
            }
        }
        if (!ansible.isEmpty()) {
            readAnsible(Overlay.none(ansible));
        }
        if (rows.size() > MAX_TARGETS) {
            problems.add(Finding.error(
                    given.getFirst().toString(),
                    Place.START,
                    "",
                    "expected at most " + MAX_TARGETS + " targets in all files, found " + rows.size(),
                    "Split the inventory among several runners."));
        }
        groups.check();
        groups.names().forEach(this::claimGroupName);
        List<Target> targets = targets();
        if (!problems.isEmpty()) {
            return new Reading.Bad<>(problems, List.copyOf(files));
        }
        return new Reading.Good<>(inventory(targets), warnings, List.copyOf(files));
    }

    private List<Target> targets() {
        KnownHosts known = KnownHosts.parse(knownHosts.toString());
        List<Target> direct = rows.stream()
                .map(row -> new Target(
                        row.name(),
                        row.aliases(),
                        row.address(),
                        row.port(),
                        row.platform(),
                        row.environment(),
                        groups.ancestors(row.groups()),
                        row.labels(),
                        row.credential(),
                        known.keysFor(row.address(), row.port()),
                        row.winrm(),
                        row.http(),
                        row.database(),
                        new SshSettings(List.of(), row.sudo())))
                .toList();
        Jumps jumps = new Jumps(direct, known);
        rows.forEach(row -> jumps.say(row.name(), row.jump()));
        return direct.stream().map(jumps::reached).toList();
    }

    private Inventory inventory(List<Target> targets) {
        Map<String, List<String>> members = new LinkedHashMap<>();
        groups.names().forEach(group -> members.put(group, new ArrayList<>()));
        targets.stream()
                .sorted(Comparator.comparing(Target::name))
                .forEach(target -> target.groups()
                        .forEach(group -> members.computeIfAbsent(group, g -> new ArrayList<>())
                                .add(target.name())));
        return new Inventory(Digest.of(String.join("\n", digests)), targets, members, List.copyOf(knownHostsFiles));
    }

    private static Map<String, YamlValue> section(Map<String, YamlValue> content, String key) {
        YamlValue value = content.get(key);
        return value == null ? Map.of() : value.entries();
    }

    private void readKnownHosts(YamlValue value) {
        String text = value.text();
        if (text == null) {
            return;
        }
        Path file = Forms.beside(value, text);
        files.add(file);
        knownHostsFiles.add(file);
        if (Files.notExists(file)) {
            warnings.add(value.notice(
                    "expected a file of host keys, found none there yet",
                    "Until it has a host's keys, ssh to that host is refused: ./opsconductor hosts enrol NAME."));
            return;
        }
        byte[] bytes = SourceFiles.bytes(file, problems);
        if (bytes != null) {
            useKnownHosts(file, bytes);
        }
    }

    /** An Ansible inventory names no file of host keys, so it is the one beside it. */
    private void readKnownHostsBeside(Path inventory) {
        Path file = Files.isDirectory(inventory)
                ? inventory.resolve("known_hosts").toAbsolutePath()
                : inventory.toAbsolutePath().resolveSibling("known_hosts");
        files.add(file);
        knownHostsFiles.add(file);
        if (Files.exists(file)) {
            byte[] bytes = SourceFiles.bytes(file, problems);
            if (bytes != null) {
                useKnownHosts(file, bytes);
            }
        }
    }

    private void useKnownHosts(Path file, byte[] bytes) {
        digests.add(Digest.of(bytes));
        String content = new String(bytes, StandardCharsets.UTF_8);
        KnownHosts read = KnownHosts.parse(content);
        read.unreadable()
                .forEach(
                        line -> warnings.add(unusedLine(file, line, "found something else; the line is not used", "")));
        read.authorities()
                .forEach(line -> warnings.add(unusedLine(
                        file,
                        line,
                        "found a certificate authority; the line is not used",
                        "Hosts prove themselves with a key of their own: ./opsconductor hosts enrol NAME.")));
        knownHosts.append(content).append('\n');
    }

    private static Finding unusedLine(Path file, int line, String found, String fix) {
        return new Finding(
                Finding.Severity.NOTICE, file.toString(), new Place(line, 1), "", "expected a host key, " + found, fix);
    }

    private void readAnsible(@Nullable Overlay overlay) {
        if (overlay == null) {
            return;
        }
        List<Finding> mistakes = new ArrayList<>();
        AnsibleInventory read = AnsibleReader.read(overlay.sources(), new Watched(mistakes, warnings, files, digests));
        if (mistakes.isEmpty()) {
            overlay.unknownNames(read);
            read.groups().forEach(group -> joinAnsibleGroup(group, mistakes));
            AnsibleTargets targets = new AnsibleTargets(overlay, methods, mistakes, warnings);
            read.hosts().forEach(host -> addAnsibleHost(targets, host));
            targets.summarize();
        }
        problems.addAll(mistakes);
    }

    private void joinAnsibleGroup(AnsibleInventory.NamedGroup group, List<Finding> mistakes) {
        Mistake mistake =
                (message, fix) -> mistakes.add(Finding.error(group.file().toString(), group.place(), "", message, fix));
        if (!Forms.NAME.matcher(group.name()).matches()) {
            mistake.report(
                    "expected " + Forms.NAME_FORM + " as the group's name, found " + Shown.quoted(group.name()),
                    "Rename it.");
        } else if (!groups.spelling(group.name()).equals(group.name())) {
            mistake.report(
                    "expected a name of its own, found " + group.name() + ", which is a group in other capital letters",
                    "Rename one; capital letters make no difference.");
        } else {
            groups.join(group.name(), mistake);
        }
    }

    private void addAnsibleHost(AnsibleTargets targets, AnsibleHost host) {
        AnsibleTargets.Reached reached = targets.of(host);
        if (reached == null) {
            return;
        }
        claim((message, fix) -> problems.add(host.mistake(message, fix)), host.name(), "the target " + host.name());
        rows.add(new Row(
                host.name(),
                List.of(),
                reached.address(),
                reached.port(),
                reached.platform(),
                reached.environment(),
                new LinkedHashSet<>(host.groups()),
                reached.labels(),
                reached.credential(),
                reached.winrm(),
                null,
                null,
                reached.jump(),
                reached.sudo()));
    }

    private void readTarget(YamlValue value) {
        Map<String, YamlValue> fields = value.fields(TARGET_KEYS);
        YamlValue nameValue = value.required(fields, "name", "name: web-server-01");
        String name = nameValue == null ? null : Forms.matching(nameValue, Forms.NAME, Forms.NAME_FORM);
        WebAddress http = methods.http(fields.get("http"));
        DatabaseAddress database = methods.database(fields.get("database"));
        boolean isFile = database != null && database.file() != null;
        YamlValue addressValue = isFile && !fields.containsKey("address")
                ? null
                : value.required(fields, "address", "address: 192.0.2.10");
        String address = addressValue == null
                ? isFile ? "" : null
                : Forms.matching(addressValue, ADDRESS, "a host name or an IP address, without a port");
        YamlValue portValue = fields.get("port");
        Integer port = portValue == null ? Integer.valueOf(22) : portValue.integer(1, 65_535);
        YamlValue credentialValue = fields.get("credential");
        Credential credential = credentialValue == null ? null : readCredentialName(credentialValue);
        if (credentialValue != null && credential != null && !credential.isForSsh()) {
            credentialValue.mistake(
                    "expected a credential of type ssh-key or password, found one of another type",
                    "Put it below http: if it is for web requests.");
        }
        WinRmAddress winrm = methods.winrm(fields.get("winrm"), credential);
        Set<String> memberOf = new LinkedHashSet<>();
        YamlValue groupsValue = fields.get("groups");
        for (YamlValue item : groupsValue == null ? List.<YamlValue>of() : groupsValue.items(MAX_LIST)) {
            String group = Forms.matching(item, Forms.NAME, Forms.NAME_FORM);
            if (group != null) {
                groups.join(group, item::mistake);
                memberOf.add(group);
            }
        }
        List<String> aliases = new ArrayList<>();
        YamlValue aliasesValue = fields.get("aliases");
        if (name != null && nameValue != null) {
            claim(nameValue::mistake, name, "the target " + name);
        }
        for (YamlValue item : aliasesValue == null ? List.<YamlValue>of() : aliasesValue.items(MAX_LIST)) {
            String alias = Forms.matching(item, Forms.NAME, Forms.NAME_FORM);
            if (alias != null) {
                claim(item::mistake, alias, "an alias of " + name);
                aliases.add(alias);
            }
        }
        String named = optionalName(fields, "platform");
        String platform = !named.isEmpty()
                ? named
                : database != null ? database.kind().word() : winrm != null ? "windows" : http != null ? "web" : "";
        String environment = optionalName(fields, "environment");
        Map<String, String> labels = readLabels(fields.get("labels"));
        List<Jump> jump = ssh.jump(fields.get("jump"));
        Sudo sudo = ssh.sudo(fields.get("sudo"));
        if (name != null && address != null && port != null) {
            rows.add(new Row(
                    name,
                    aliases,
                    address,
                    port,
                    platform,
                    environment,
                    memberOf,
                    labels,
                    credential,
                    winrm,
                    http,
                    database,
                    jump == null ? List.of() : jump,
                    sudo == null ? Sudo.ON_REQUEST : sudo));
        }
    }

    private @Nullable Credential readCredentialName(YamlValue value) {
        String name = value.text();
        if (name == null) {
            return null;
        }
        Credential credential = credentials.named(name);
        if (credential == null) {
            value.mistake(
                    "expected a credential of this inventory, found an unknown one",
                    didYouMean(name, credentials.names()));
        }
        return credential;
    }

    static Map<String, String> readLabels(@Nullable YamlValue value) {
        Map<String, String> labels = new LinkedHashMap<>();
        (value == null ? Map.<String, YamlValue>of() : value.entries()).forEach((key, label) -> {
            String text = label.text();
            if (text != null) {
                labels.put(key, text);
            }
        });
        return labels;
    }

    private static String optionalName(Map<String, YamlValue> fields, String key) {
        YamlValue value = fields.get(key);
        String name = value == null ? null : Forms.matching(value, Forms.NAME, Forms.NAME_FORM);
        return name == null ? "" : name;
    }

    private void readGroup(String name, YamlValue value) {
        if (!Forms.NAME.matcher(name).matches()) {
            value.mistake("expected " + Forms.NAME_FORM + " as the group's name, found something else", "");
            return;
        }
        YamlValue children = value.fields(List.of("children")).get("children");
        if (children == null) {
            value.mistake("expected the key children, found none", "Add for example: children: [web-servers]");
            return;
        }
        groups.describe(name, value, children.items(MAX_LIST));
    }

    private void claimGroupName(String group) {
        String owner = names.get(Inventory.fold(group));
        if (owner != null) {
            groups.mistake(
                    group,
                    "expected a name of its own, found " + group + ", which is " + owner + " already",
                    "Rename one; capital letters make no difference.");
        }
    }

    private void claim(Mistake mistake, String name, String owner) {
        if (name.equalsIgnoreCase("runner")) {
            mistake.report("expected another name, found " + name + ", which means the runner itself", "Rename it.");
        }
        String other = names.putIfAbsent(Inventory.fold(name), owner);
        if (other != null) {
            mistake.report(
                    "expected a name of its own, found " + name + ", which is " + other + " already",
                    "Rename one; capital letters make no difference.");
        }
    }

    private static String didYouMean(String name, Collection<String> names) {
        List<String> nearest = Nearest.of(name, names, 1);
        return nearest.isEmpty() ? "" : "Did you mean " + nearest.getFirst() + "?";
    }
}
