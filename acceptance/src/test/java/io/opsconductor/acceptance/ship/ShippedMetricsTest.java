package io.opsconductor.acceptance.ship;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Alerts and dashboard ask for what the two parts count, and for nothing else. */
class ShippedMetricsTest {
    private static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern MADE = Pattern.compile(
            "(Counter\\.builder|Timer\\.builder|Gauge\\.builder|counter)\\(\\s*\"(opsconductor_[a-z_]+)\"");
    private static final Pattern TAG = Pattern.compile("\\.tag\\(\\s*\"([a-z_]+)\"");
    private static final Pattern ASKED = Pattern.compile("\\b((?:opsconductor|jvm)_[a-z_]+|up)\\b(?=[{\\[ ]|$)");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)(?:=~?|!=)\"|by \\(([a-z_, ]+)\\)");

    /** Of Prometheus itself, and of the JVM's binder in service-kit's Metrics. */
    private static final Set<String> FROM_ELSEWHERE = Set.of("up", "jvm_memory_used_bytes");

    private static final Set<String> LABELS_FROM_ELSEWHERE = Set.of("job", "namespace", "pod", "le", "area");

    @Test
    void everyMetricOfAlertsAndDashboardExists() {
        Set<String> existing = existing();

        assertThat(existing).hasSizeGreaterThan(20).contains("opsconductor_execution_duration_seconds_bucket");
        for (String expression : expressions()) {
            assertThat(asked(expression)).as(expression).isNotEmpty().allMatch(existing::contains);
        }
    }

    @Test
    void everyLabelExists() {
        Set<String> existing = new TreeSet<>(LABELS_FROM_ELSEWHERE);
        sources().forEach(source -> found(TAG, source).forEach(match -> existing.add(match.group(1))));

        for (String expression : expressions()) {
            found(LABEL, expression)
                    .flatMap(match -> Stream.of(
                            Objects.requireNonNullElse(match.group(1), Objects.requireNonNullElse(match.group(2), ""))
                                    .split(", ", -1)))
                    .forEach(label -> assertThat(existing).as(expression).contains(label));
        }
    }

    @Test
    void aMetricThatDoesNotExistWouldBeNoticed() {
        assertThat(asked("sum(rate(opsconductor_dreams_total{job=\"x\"}[5m])) > 0"))
                .containsExactly("opsconductor_dreams_total")
                .noneMatch(existing()::contains);
    }

    @Test
    void everyAlertSaysWhatToDo() {
        assertThat(rules()).hasSizeGreaterThan(5).allSatisfy(rule -> {
            assertThat(KubeObject.map(rule.get("annotations"))).containsOnlyKeys("summary", "description");
            assertThat(String.valueOf(rule.get("expr"))).doesNotContain("JOB_", "NAMESPACE");
        });
    }

    private static Stream<Map<String, Object>> rulesOf(KubeObject object) {
        return KubeObject.maps(object.at("spec", "groups")).flatMap(group -> KubeObject.maps(group.get("rules")));
    }

    private static List<Map<String, Object>> rules() {
        return rulesOf(Chart.only(Chart.render("production", Map.of()), "PrometheusRule", "ops-opsconductor"))
                .toList();
    }

    private static List<String> expressions() {
        KubeObject dashboard =
                Chart.only(Chart.render("production", Map.of()), "ConfigMap", "ops-opsconductor-dashboard");
        List<String> panels = found(
                        Pattern.compile("\"expr\": \"((?:[^\"\\\\]|\\\\.)*)\""),
                        String.valueOf(dashboard.at("data", "opsconductor.json")))
                .map(match -> match.group(1).replace("\\\"", "\""))
                .toList();
        assertThat(panels).hasSizeGreaterThan(10);
        return Stream.concat(panels.stream(), rules().stream().map(rule -> String.valueOf(rule.get("expr"))))
                .toList();
    }

    private static Set<String> asked(String expression) {
        Set<String> names = new TreeSet<>();
        found(ASKED, expression).forEach(match -> names.add(match.group(1)));
        return names;
    }

    /** As Prometheus sees them: a counter's name ends with _total, a timer is several. */
    private static Set<String> existing() {
        Set<String> names = new TreeSet<>(FROM_ELSEWHERE);
        sources()
                .forEach(source -> found(MADE, source).forEach(match -> {
                    String name = match.group(2);
                    switch (match.group(1)) {
                        case "Gauge.builder" -> names.add(name);
                        case "Timer.builder" ->
                            Stream.of("bucket", "count", "sum", "max")
                                    .forEach(part -> names.add(name + "_seconds_" + part));
                        default -> names.add(name + "_total");
                    }
                }));
        return names;
    }

    private static Stream<MatchResult> found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.results();
    }

    private static List<String> sources() {
        return Stream.of("runner", "brain", "chat-adapters", "service-kit")
                .flatMap(module -> sourcesOf(CHECKOUT.resolve(module).resolve("src/main/java")))
                .flatMap(source -> Stream.of("slack", "teams").map(platform -> namedAfter(platform, source)))
                .toList();
    }

    /** What both chat platforms have is named after each in {@code DeliveryMeasures}. */
    private static String namedAfter(String platform, String source) {
        return source.replaceAll("\\bname\\(\"([a-z_]+)\"\\)", "\"opsconductor_" + platform + "_$1\"");
    }

    private static Stream<String> sourcesOf(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files
                    .filter(file -> file.toString().endsWith(".java"))
                    .map(ShippedMetricsTest::read)
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
