package io.opsconductor.kit.config;

import io.helidon.config.Config;
import io.helidon.config.ConfigSources;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads settings by key from a YAML file and the environment, which wins: key {@code api.port} of the process {@code
 * runner} is the variable {@code OPSCONDUCTOR_RUNNER_API_PORT}. Reading never fails at the first mistake: {@link #check()}
 * reports all of them, unknown keys of the file included.
 */
public final class Settings {
    private final String prefix;
    private final Map<String, String> file;
    private final Map<String, String> environment;
    private final Set<String> known = new TreeSet<>();
    private final List<String> mistakes = new ArrayList<>();

    private Settings(String process, Map<String, String> file, Map<String, String> environment) {
        this.prefix = "OPSCONDUCTOR_" + process.toUpperCase(Locale.ROOT) + "_";
        this.file = file;
        this.environment = environment;
    }

    /**
     * Opens the settings of a process.
     *
     * @param process {@code runner} or {@code chatbot}
     * @param yaml the file, if one was named
     * @param environment usually {@code System.getenv()}
     * @throws InvalidSettingsException when the named file cannot be read
     */
    public static Settings open(String process, Optional<Path> yaml, Map<String, String> environment) {
        Map<String, String> values = new HashMap<>();
        yaml.ifPresent(path -> {
            if (!Files.isReadable(path)) {
                throw new InvalidSettingsException(List.of(
                        "the configuration file " + path + " cannot be read: check the path and its permissions"));
            }
            try {
                Config config = Config.builder(ConfigSources.file(path))
                        .disableEnvironmentVariablesSource()
                        .disableSystemPropertiesSource()
                        .build();
                config.traverse()
                        .filter(Config::isLeaf)
                        .forEach(leaf -> values.put(
                                leaf.key().toString(), leaf.asString().get()));
            } catch (RuntimeException e) {
                throw new InvalidSettingsException(
                        List.of("the configuration file " + path + " is not valid YAML: " + e.getMessage()));
            }
        });
        return new Settings(process, values, environment);
    }

    /** The directory that holds everything this installation writes: {@code OPSCONDUCTOR_HOME}, else {@code .opsconductor}. */
    public Path home() {
        String home = environment.get("OPSCONDUCTOR_HOME");
        return Path.of(home == null || home.isBlank() ? ".opsconductor" : home)
                .toAbsolutePath()
                .normalize();
    }

    /** Text; the default when absent or blank. */
    public String text(String key, String otherwise) {
        return raw(key).orElse(otherwise);
    }

    /** A file or directory; relative ones are relative to the working directory. */
    public Path path(String key, Path otherwise) {
        return parsed(key, otherwise, text -> Path.of(text).toAbsolutePath().normalize(), "a path");
    }

    /** A list of paths separated by commas. */
    public List<Path> paths(String key, List<Path> otherwise) {
        return parsed(
                key,
                otherwise,
                text -> Arrays.stream(text.split(",", -1))
                        .map(String::strip)
                        .filter(part -> !part.isEmpty())
                        .map(part -> Path.of(part).toAbsolutePath().normalize())
                        .toList(),
                "paths separated by commas");
    }

    /** A list of words separated by commas. */
    public List<String> words(String key, List<String> otherwise) {
        return parsed(
                key,
                otherwise,
                text -> Arrays.stream(text.split(",", -1))
                        .map(String::strip)
                        .filter(part -> !part.isEmpty())
                        .toList(),
                "words separated by commas");
    }

    /**
     * The names that the file has directly below a key, sorted: {@code acme} for {@code tenants.acme.policy}. Each of their
     * own keys is still to be read; the environment cannot add names, and can overrule what the file says for them.
     */
    public Set<String> names(String key) {
        String below = key + ".";
        return file.keySet().stream()
                .filter(known -> known.startsWith(below))
                .map(known -> known.substring(below.length()).split("\\.", 2)[0])
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whether the file says something for this key, which is then a known one. */
    public boolean isInFile(String key) {
        known.add(key);
        return file.containsKey(key);
    }

    /** A whole number from {@code min} to {@code max}. */
    public int integer(String key, int otherwise, int min, int max) {
        int value = parsed(key, otherwise, Integer::valueOf, "a whole number");
        if (value < min || value > max) {
            mistakes.add("%s is %d: it must be from %d to %d".formatted(key, value, min, max));
            return otherwise;
        }
        return value;
    }

    /** A TCP port, 0 (any free one) to 65535. */
    public int port(String key, int otherwise) {
        return integer(key, otherwise, 0, 65_535);
    }

    /** {@code true} or {@code false}. */
    public boolean flag(String key, boolean otherwise) {
        return parsed(
                key,
                otherwise,
                text -> switch (text) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw new IllegalArgumentException();
                },
                "true or false");
    }

    /** A duration such as {@code 500ms}, {@code 30s}, {@code 15m}, {@code 2h} or {@code 90d}. */
    public Duration duration(String key, Duration otherwise, Duration min, Duration max) {
        Duration value = parsed(key, otherwise, Settings::parseDuration, "a duration such as 30s or 15m");
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            mistakes.add("%s is %s: it must be from %s to %s".formatted(key, value, min, max));
            return otherwise;
        }
        return value;
    }

    /** An http or https address. */
    public URI uri(String key, URI otherwise) {
        return parsed(
                key,
                otherwise,
                text -> {
                    URI uri = URI.create(text);
                    if (uri.getHost() == null
                            || uri.getScheme() == null
                            || !uri.getScheme().matches("https?")) {
                        throw new IllegalArgumentException();
                    }
                    return uri;
                },
                "an http or https address");
    }

    /** One of the words of an enum, in lower case. YAML 1.1 reads {@code off} as {@code false}, so that counts as off. */
    public <E extends Enum<E>> E choice(String key, E otherwise) {
        List<E> choices = List.of(otherwise.getDeclaringClass().getEnumConstants());
        return parsed(
                key,
                otherwise,
                text -> choices.stream()
                        .filter(choice -> word(choice).equals(text)
                                || text.equals(word(choice).equals("off") ? "false" : ""))
                        .findFirst()
                        .orElseThrow(IllegalArgumentException::new),
                "one of " + choices.stream().map(Settings::word).collect(Collectors.joining(", ")));
    }

    private static String word(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT);
    }

    /**
     * Where a secret is: {@code file:/path} or {@code env:NAME}. What is neither may be the secret itself, so it is not
     * repeated.
     */
    public SecretReference secret(String key, Path otherwise) {
        Optional<String> raw = raw(key);
        Optional<SecretReference> reference = raw.flatMap(text -> SecretReference.parse(text, environment::get));
        if (raw.isPresent() && reference.isEmpty()) {
            mistake(key
                    + " does not say where the secret is: it must be file:/PATH or env:NAME, never the secret itself");
        }
        return reference.orElseGet(() -> SecretReference.file(otherwise));
    }

    /** Adds a mistake that only the reader of the settings can see, with its key and the remedy. */
    public void mistake(String sentence) {
        mistakes.add(sentence);
    }

    /**
     * Ends the reading.
     *
     * @throws InvalidSettingsException naming every mistake that was met
     */
    public void check() {
        for (String key : file.keySet()) {
            if (known.stream().noneMatch(k -> k.equals(key))) {
                mistakes.add("%s is not a setting: known ones are %s".formatted(key, String.join(", ", known)));
            }
        }
        if (!mistakes.isEmpty()) {
            throw new InvalidSettingsException(mistakes);
        }
    }

    private Optional<String> raw(String key) {
        known.add(key);
        String variable =
                prefix + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
        return Optional.ofNullable(environment.get(variable))
                .filter(value -> !value.isBlank())
                .or(() -> Optional.ofNullable(file.get(key)).filter(value -> !value.isBlank()))
                .map(String::strip);
    }

    private <T> T parsed(String key, T otherwise, Function<String, T> parser, String expected) {
        Optional<String> raw = raw(key);
        if (raw.isEmpty()) {
            return otherwise;
        }
        try {
            return parser.apply(raw.get());
        } catch (IllegalArgumentException e) {
            mistakes.add("%s is \"%s\": it must be %s".formatted(key, raw.get(), expected));
            return otherwise;
        }
    }

    private static Duration parseDuration(String text) {
        java.util.regex.Matcher matcher =
                java.util.regex.Pattern.compile("(\\d{1,9})(ms|s|m|h|d)").matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException();
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }
}
