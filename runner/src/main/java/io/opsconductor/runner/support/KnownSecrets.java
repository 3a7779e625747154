package io.opsconductor.runner.support;

import io.opsconductor.runner.mask.Masker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes secrets out of text: those that this installation keeps in files or was given in its environment, in whatever
 * encoding, and what looks like one wherever it came from.
 */
final class KnownSecrets {
    private static final Logger LOG = LoggerFactory.getLogger(KnownSecrets.class);
    private static final List<String> FOLDERS = List.of("keys", "tls", "model", "slack", "teams");
    private static final List<String> FILES =
            List.of("runner/store-password", "runner/redis-password", "chatbot/store-password");
    private static final long LARGEST = 64 * 1024;
    private static final Pattern SECRET_NAME =
            Pattern.compile("(?i).*(secret|token|password|passphrase|credential|private|api[-_.]?key).*");
    private static final Pattern LIKE_A_SECRET = Pattern.compile(
            "xox[a-z]-[A-Za-z0-9-]{8,}|xapp-[A-Za-z0-9-]{8,}|(?<=(?i:bearer ))[A-Za-z0-9._~+/=-]{8,}|(?<=(?i:basic ))[A-Za-z0-9+/=]{8,}"
                    + "|eyJ[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]*|AGE-SECRET-KEY-1[A-Z0-9]{20,}"
                    + "|(?<=://)[^/\\s:@]+:[^/\\s@]+(?=@)");

    private final Masker masker = new Masker();

    /** Reads them once. */
    static KnownSecrets of(Path home, Map<String, String> environment) {
        KnownSecrets secrets = new KnownSecrets();
        environment.forEach((name, value) -> {
            if (isSecret(name)) {
                secrets.learn(value);
                secrets.learnFileOf(value);
            }
        });
        FILES.forEach(file -> secrets.learnFileOf(home.resolve(file).toString()));
        FOLDERS.forEach(folder -> secrets.learnFiles(home.resolve(folder)));
        return secrets;
    }

    /** Whether a setting of this name may hold a secret, by its name. */
    static boolean isSecret(String name) {
        return SECRET_NAME.matcher(name.toLowerCase(Locale.ROOT)).matches();
    }

    /** A setting may name the file that has the secret. */
    private void learnFileOf(String value) {
        try {
            Path file = Path.of(value);
            if (Files.isRegularFile(file) && Files.size(file) <= LARGEST) {
                learn(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        } catch (InvalidPathException e) {
            LOG.debug("a secret that is no path");
        } catch (IOException e) {
            LOG.warn("the file that a setting names could not be read: {}", e.toString());
        }
    }

    private void learnFiles(Path folder) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!isPublic(file) && Files.size(file) <= LARGEST) {
                    learn(Files.readString(file, StandardCharsets.ISO_8859_1));
                }
            }
        } catch (IOException e) {
            LOG.warn("the secrets in {} could not be read: {}", folder, e.toString());
        }
    }

    private static boolean isPublic(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".pub") || name.endsWith(".crt") || name.equals("revoked.txt");
    }

    /** A text and each of its lines: a secret is either, as a file or a variable has it. */
    private void learn(String text) {
        Stream.concat(Stream.of(text.strip()), text.lines().map(String::strip))
                .filter(line -> line.length() >= 8 && !line.startsWith("-----"))
                .forEach(line -> masker.register(line.getBytes(StandardCharsets.UTF_8)));
    }

    /** The text without them. */
    String without(String text) {
        Matcher matcher = LIKE_A_SECRET.matcher(masker.mask(text));
        return matcher.replaceAll(Matcher.quoteReplacement(Masker.MASK));
    }
}
