package io.opsconductor.acceptance.ship;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The chart in the checkout, through Helm's own engine. */
final class Chart {
    static final Path DIRECTORY =
            Path.of("../charts/opsconductor").toAbsolutePath().normalize();

    /** Each rendering makes keys, which takes its time. */
    private static final Map<Rendering, List<KubeObject>> RENDERED = new ConcurrentHashMap<>();

    private static final Path WITHOUT_HOOKS = copyWithoutHooks();

    private Chart() {}

    /** Rendering leaves hooks out, and with them what {@code helm test} runs; in a copy they are objects like others. */
    private static Path copyWithoutHooks() {
        try (Stream<Path> files = Files.walk(DIRECTORY)) {
            Path copy = Files.createTempDirectory("chart").resolve(DIRECTORY.getFileName());
            for (Path file : files.toList()) {
                Path to = copy.resolve(DIRECTORY.relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(to);
                } else {
                    Files.writeString(to, Files.readString(file).replaceAll("(?m)^ +helm.sh/hook.*\n", ""));
                }
                to.toFile().deleteOnExit();
            }
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Names of the values files for continuous integration, such as {@code minimal}. */
    static List<String> examples() {
        try (Stream<Path> files = Files.list(DIRECTORY.resolve("ci"))) {
            return files.map(file -> file.getFileName().toString().replace("-values.yaml", ""))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path values(String example) {
        return DIRECTORY.resolve("ci").resolve(example + "-values.yaml");
    }

    static LintResult lint() {
        return new Helm(DIRECTORY).lint().strict().call();
    }

    /** What a release {@code ops} in the namespace {@code operations} consists of. */
    static List<KubeObject> render(String example, Map<String, Object> changes) {
        return render(example, changes, "1.34.0");
    }

    static List<KubeObject> render(String example, Map<String, Object> changes, String kubernetes) {
        return RENDERED.computeIfAbsent(new Rendering(example, changes, kubernetes), Chart::render);
    }

    private record Rendering(String example, Map<String, Object> changes, String kubernetes) {}

    private static List<KubeObject> render(Rendering rendering) {
        TemplateCommand command = new Helm(WITHOUT_HOOKS)
                .template()
                .withName("ops")
                .withNamespace("operations")
                .withKubeVersion(rendering.kubernetes())
                .withValuesFile(values(rendering.example()));
        rendering.changes().forEach(command::set);
        return KubeObject.all(command.call());
    }

    static KubeObject only(List<KubeObject> objects, String kind, String name) {
        List<KubeObject> found = objects.stream()
                .filter(object ->
                        object.kind().endsWith("/" + kind) && object.name().equals(name))
                .toList();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " objects are called " + kind + " " + name + "; there are: "
                    + objects.stream().map(o -> o.kind() + " " + o.name()).toList());
        }
        return found.getFirst();
    }
}
