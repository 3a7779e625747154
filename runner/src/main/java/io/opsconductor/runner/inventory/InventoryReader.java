package io.opsconductor.runner.inventory;

import io.opsconductor.json.Digest;
import io.opsconductor.runner.credential.Credential;
import io.opsconductor.runner.file.Reading;
import io.opsconductor.runner.file.SourceFiles;
import io.opsconductor.runner.file.YamlValue;
import io.opsconductor.text.Nearest;
import io.opsconductor.yaml.Finding;
import io.opsconductor.yaml.Place;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
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
    private static final Pattern ADDRESS = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,252}|[0-9A-Fa-f:.%a-z]{2,60}");
    private static final List<String> FILE_KEYS = List.of("credentials", "known_hosts", "targets", "groups");
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
            "http",
            "database");

    private final List<Finding> problems = new ArrayList<>();
    private final List<Finding> warnings = new ArrayList<>();
    private final Set<Path> files = new LinkedHashSet<>();
    private final List<String> digests = new ArrayList<>();
    private final CredentialReader credentials = new CredentialReader(warnings);
    private final StringBuilder knownHosts = new StringBuilder();
    private final List<Row> rows = new ArrayList<>();
    private final Map<String, String> names = new HashMap<>();
    private final GroupTree groups = new GroupTree();
    private final MethodReader methods = new MethodReader(this::readCredentialName, files, digests, problems);

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
            @Nullable WebAddress http,
            @Nullable DatabaseAddress database) {}

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
        for (Path file : given) {
            byte[] bytes = SourceFiles.bytes(file, problems);
            YamlValue root = bytes == null ? null : SourceFiles.yaml(file, bytes, problems);
            if (bytes != null && root != null) {
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
        }
        groups.check();
        groups.names().forEach(this::claimGroupName);
        if (!problems.isEmpty()) {
            return new Reading.Bad<>(problems, List.copyOf(files));
        }
        return new Reading.Good<>(inventory(), warnings, List.copyOf(files));
    }

    private Inventory inventory() {
        KnownHosts known = KnownHosts.parse(knownHosts.toString());
        List<Target> targets = rows.stream()
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
                        row.http(),
                        row.database()))
                .toList();
        Map<String, List<String>> members = new LinkedHashMap<>();
        for (String group : groups.names()) {
            members.put(
                    group,
                    targets.stream()
                            .filter(t -> t.groups().contains(group))
                            .map(Target::name)
                            .sorted()
                            .toList());
        }
        return new Inventory(Digest.of(String.join("\n", digests)), targets, members);
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
        byte[] bytes = SourceFiles.bytes(file, problems);
        if (bytes == null) {
            value.mistake(
                    "expected a file of host keys that can be read, found none",
                    "Without it no host can prove itself and every ssh step is refused.");
            return;
        }
        digests.add(Digest.of(bytes));
        String content = new String(bytes, StandardCharsets.UTF_8);
        for (int line : KnownHosts.parse(content).unreadable()) {
            warnings.add(new Finding(
                    Finding.Severity.NOTICE,
                    file.toString(),
                    new Place(line, 1),
                    "",
                    "expected a host key, found something else; the line is not used",
                    ""));
        }
        knownHosts.append(content).append('\n');
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
        Set<String> memberOf = new LinkedHashSet<>();
        YamlValue groupsValue = fields.get("groups");
        for (YamlValue item : groupsValue == null ? List.<YamlValue>of() : groupsValue.items(MAX_LIST)) {
            String group = Forms.matching(item, Forms.NAME, Forms.NAME_FORM);
            if (group != null) {
                groups.join(group, item);
                memberOf.add(group);
            }
        }
        List<String> aliases = new ArrayList<>();
        YamlValue aliasesValue = fields.get("aliases");
        if (name != null && nameValue != null) {
            claim(nameValue, name, "the target " + name);
        }
        for (YamlValue item : aliasesValue == null ? List.<YamlValue>of() : aliasesValue.items(MAX_LIST)) {
            String alias = Forms.matching(item, Forms.NAME, Forms.NAME_FORM);
            if (alias != null) {
                claim(item, alias, "an alias of " + name);
                aliases.add(alias);
            }
        }
        String named = optionalName(fields, "platform");
        String platform = named.isEmpty() && database != null ? database.kind().word() : named;
        String environment = optionalName(fields, "environment");
        Map<String, String> labels = readLabels(fields.get("labels"));
        if (name != null && address != null && port != null) {
            rows.add(new Row(
                    name, aliases, address, port, platform, environment, memberOf, labels, credential, http, database));
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

    private static Map<String, String> readLabels(@Nullable YamlValue value) {
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

    private void claim(YamlValue value, String name, String owner) {
        if (name.equalsIgnoreCase("runner")) {
            value.mistake("expected another name, found " + name + ", which means the runner itself", "Rename it.");
        }
        String other = names.putIfAbsent(Inventory.fold(name), owner);
        if (other != null) {
            value.mistake(
                    "expected a name of its own, found " + name + ", which is " + other + " already",
                    "Rename one; capital letters make no difference.");
        }
    }

    private static String didYouMean(String name, Collection<String> names) {
        List<String> nearest = Nearest.of(name, names, 1);
        return nearest.isEmpty() ? "" : "Did you mean " + nearest.getFirst() + "?";
    }
}
