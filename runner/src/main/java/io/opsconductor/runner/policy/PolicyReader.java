package io.opsconductor.runner.policy;

import io.opsconductor.json.Digest;
import io.opsconductor.runner.file.Reading;
import io.opsconductor.runner.file.SourceFiles;
import io.opsconductor.runner.file.YamlValue;
import io.opsconductor.yaml.Finding;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a policy from one file or several, which together are one policy. */
public final class PolicyReader {
    private static final Duration DEFAULT_EXPIRY = Duration.ofMinutes(15);
    static final int MOST = 10_000;
    private static final List<String> FILE_KEYS = List.of("actors", "groups", "rules", "expiry", "tenants");

    private final List<Finding> problems = new ArrayList<>();
    private final Set<String> tenants = new LinkedHashSet<>();
    private final PeopleReader people = new PeopleReader();
    private final RuleReader rules = new RuleReader(people);
    private @Nullable Duration expiry;

    private PolicyReader() {}

    /**
     * Reads the files.
     *
     * @param files at least one
     */
    public static Reading<Policy> read(List<Path> files) {
        return new PolicyReader().readAll(files);
    }

    private Reading<Policy> readAll(List<Path> files) {
        List<String> digests = new ArrayList<>();
        List<Map<String, YamlValue>> contents = new ArrayList<>();
        for (Path file : files) {
            byte[] bytes = SourceFiles.bytes(file, problems);
            YamlValue root = bytes == null ? null : SourceFiles.yaml(file, bytes, problems);
            if (bytes != null && root != null) {
                digests.add(Digest.of(bytes));
                contents.add(root.fields(FILE_KEYS));
            }
        }
        // People first, over all files, so that a rule may name somebody whom a later file describes.
        contents.forEach(c -> given(c, "actors").forEach(people::readActor));
        contents.forEach(c -> given(c, "groups").forEach(people::readGroup));
        contents.forEach(this::readRest);
        if (!problems.isEmpty()) {
            return new Reading.Bad<>(problems, files);
        }
        String version = digests.size() == 1 ? digests.getFirst() : Digest.of(String.join("\n", digests));
        Policy policy = new Policy(
                version,
                tenants,
                people.actors(),
                people.groups(),
                rules.rules(),
                expiry == null ? DEFAULT_EXPIRY : expiry);
        return new Reading.Good<>(policy, rules.warnings(), files);
    }

    private static Map<String, YamlValue> given(Map<String, YamlValue> content, String key) {
        YamlValue value = content.get(key);
        return value == null ? Map.of() : value.entries();
    }

    private void readRest(Map<String, YamlValue> content) {
        YamlValue tenantsValue = content.get("tenants");
        if (tenantsValue != null) {
            tenants.addAll(tenantsValue.texts(MOST));
        }
        YamlValue expiryValue = content.get("expiry");
        if (expiryValue != null) {
            if (expiry != null) {
                expiryValue.mistake("expected expiry once, found it in another file already", "Keep one.");
            }
            expiry = readExpiry(expiryValue);
        }
        YamlValue rulesValue = content.get("rules");
        if (rulesValue != null) {
            rulesValue.items(MOST).forEach(rules::read);
        }
    }

    /** How long an approval may take; null when the mistake was reported. */
    static @Nullable Duration readExpiry(YamlValue value) {
        String text = value.text();
        if (text == null) {
            return null;
        }
        if (text.matches("[0-9]{1,6}[smh]")) {
            long number = Long.parseLong(text.substring(0, text.length() - 1));
            Duration duration = switch (text.charAt(text.length() - 1)) {
                case 's' -> Duration.ofSeconds(number);
                case 'm' -> Duration.ofMinutes(number);
                default -> Duration.ofHours(number);
            };
            if (duration.compareTo(Duration.ofMinutes(1)) >= 0 && duration.compareTo(Duration.ofHours(24)) <= 0) {
                return duration;
            }
        }
        value.mistake("expected a duration from 1m to 24h, found something else", "Write for example 15m.");
        return null;
    }
}
