package io.opsconductor.runner.support;

import io.opsconductor.kit.journal.JournalEntry;
import io.opsconductor.kit.journal.JournalVerification;
import io.opsconductor.kit.store.Rows;
import io.opsconductor.runner.RunnerSettings;
import io.opsconductor.runner.file.Reading;
import io.opsconductor.runner.inventory.Inventory;
import io.opsconductor.runner.inventory.InventoryReader;
import io.opsconductor.runner.inventory.Target;
import io.opsconductor.runner.policy.PolicyReader;
import io.opsconductor.runner.tenant.TenantFiles;
import io.opsconductor.runner.trail.HomeFiles;
import io.opsconductor.runner.trail.Verification;
import io.opsconductor.tool.Lint;
import io.opsconductor.yaml.Finding;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The archive of one installation. */
final class SupportBundle {
    private static final int LONGEST_LOG_BYTES = 1024 * 1024;
    private static final int MOST_FILES = 2_000;

    private final Path home;
    private final Map<String, String> environment;
    private final Running running;
    private final KnownSecrets secrets;

    SupportBundle(Path home, Map<String, String> environment) {
        this.home = home.toAbsolutePath().normalize();
        this.environment = Map.copyOf(environment);
        this.running = new Running(this.environment);
        this.secrets = KnownSecrets.of(this.home, this.environment);
    }

    /**
     * Writes the archive, which its owner alone may read.
     *
     * @param file must not be there yet
     * @return the names of what is in it, in order
     */
    List<String> write(Path file) throws IOException {
        List<String> names = new ArrayList<>();
        try (OutputStream out = owned(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Part part : parts()) {
                zip.putNextEntry(new ZipEntry(part.name()));
                zip.write(secrets.without(text(part)).getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
                names.add(part.name());
            }
        }
        return names;
    }

    private static OutputStream owned(Path file) throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } else {
            Files.createFile(file);
        }
        return Files.newOutputStream(file, StandardOpenOption.WRITE);
    }

    /** One part that cannot be had must not keep the others back. */
    private static String text(Part part) {
        try {
            return part.text().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "could not be had: interrupted\n";
        } catch (Exception e) {
            return "could not be had: " + e + "\n";
        }
    }

    private List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        parts.add(new Part("about.txt", () -> Surroundings.text(home)));
        parts.add(new Part("settings.txt", () -> SettingsText.of(environment)));
        parts.add(new Part("files.txt", this::files));
        parts.add(new Part("configuration.txt", this::configuration));
        parts.add(new Part("journals.txt", this::journals));
        for (String process : HomeFiles.PROCESSES) {
            parts.add(new Part("stores/" + process + ".txt", () -> store(process)));
            parts.add(new Part("health/" + process + ".json", () -> running.page(process, "/health")));
            parts.add(new Part("metrics/" + process + ".txt", () -> running.page(process, "/metrics")));
        }
        logs().forEach(log -> parts.add(new Part("logs/" + log.getFileName(), () -> end(log))));
        return parts;
    }

    private List<Path> logs() {
        Path folder = home.resolve("logs");
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Whole lines from the end of a file. */
    private static String end(Path file) throws IOException {
        try (var channel = Files.newByteChannel(file)) {
            long skipped = Math.max(0, channel.size() - LONGEST_LOG_BYTES);
            channel.position(skipped);
            byte[] read = Channels.newInputStream(channel).readNBytes(LONGEST_LOG_BYTES);
            String text = new String(read, StandardCharsets.UTF_8);
            return skipped == 0
                    ? text
                    : "[" + skipped + " bytes before this are left out]\n" + text.substring(text.indexOf('\n') + 1);
        }
    }

    private String files() throws IOException {
        try (Stream<Path> all = Files.walk(home)) {
            return all.filter(Files::isRegularFile)
                    .sorted()
                    .limit(MOST_FILES)
                    .map(this::line)
                    .collect(Collectors.joining());
        }
    }

    private String line(Path file) {
        try {
            return "%s %12d %s %s%n"
                    .formatted(
                            file.getFileSystem().supportedFileAttributeViews().contains("posix")
                                    ? PosixFilePermissions.toString(Files.getPosixFilePermissions(file))
                                    : "-",
                            Files.size(file),
                            Files.getLastModifiedTime(file).toInstant(),
                            home.relativize(file));
        } catch (IOException e) {
            return home.relativize(file) + ": " + e + "\n";
        }
    }

    /** How much there is of everything, and every mistake; neither names of machines nor rules. */
    private String configuration() {
        StringBuilder text = new StringBuilder();
        for (TenantFiles files : RunnerSettings.read(environment).tenants()) {
            text.append("tenant ").append(files.tenant().name()).append('\n');
            Lint.Report tools = Lint.report(files.tools());
            text.append("tools: ").append(tools.summary()).append('\n');
            findings(text, tools.findings());
            switch (InventoryReader.read(files.inventory())) {
                case Reading.Good<Inventory>(Inventory inventory, List<Finding> warnings, List<Path> _) -> {
                    text.append("inventory: ")
                            .append(inventory.targets().size())
                            .append(" targets, ")
                            .append(counted(inventory.targets(), Target::platform))
                            .append('\n');
                    findings(text, warnings);
                }
                case Reading.Bad<Inventory> bad -> findings(text.append("inventory: cannot be used\n"), bad.problems());
            }
            switch (PolicyReader.read(files.policy())) {
                case Reading.Good<?> good -> findings(text.append("policy: good\n"), good.warnings());
                case Reading.Bad<?> bad -> findings(text.append("policy: cannot be used\n"), bad.problems());
            }
        }
        return text.toString();
    }

    private static void findings(StringBuilder text, List<Finding> findings) {
        findings.forEach(finding -> text.append("  ").append(finding.text()).append('\n'));
    }

    private static <T> String counted(List<T> all, Function<T, String> kind) {
        return all.stream()
                .collect(Collectors.groupingBy(
                        one -> kind.apply(one).isEmpty() ? "other" : kind.apply(one),
                        TreeMap::new,
                        Collectors.counting()))
                .toString();
    }

    /** Whether they hold, and how many lines of which kind they have; no line itself. */
    private String journals() throws IOException {
        HomeFiles files = HomeFiles.of(home, environment);
        StringBuilder text = new StringBuilder();
        Verification.of(files, HomeFiles.PROCESSES)
                .lines(10_000)
                .forEach(line -> text.append(line).append('\n'));
        for (String process : files.present()) {
            Map<String, Long> kinds = new TreeMap<>();
            Instant[] last = {Instant.EPOCH};
            JournalVerification.of(files.journal(process), entry -> count(entry, kinds, last));
            text.append(process)
                    .append(": last at ")
                    .append(last[0])
                    .append(", ")
                    .append(kinds)
                    .append('\n');
        }
        return text.toString();
    }

    private static void count(JournalEntry entry, Map<String, Long> kinds, Instant[] last) {
        kinds.merge(entry.type(), 1L, Long::sum);
        last[0] = entry.at();
    }

    private String store(String process) {
        try (var database = HomeFiles.of(home, environment).store(process).orElse(null)) {
            if (database == null) {
                return "there is none yet\n";
            }
            return String.join(
                            "\n",
                            database.query(
                                    "select version, description, success from flyway_schema_history"
                                            + " order by installed_rank",
                                    row -> Rows.text(row, "version") + " " + Rows.text(row, "description") + " "
                                            + row.column("success").getString()))
                    + "\n";
        }
    }
}
