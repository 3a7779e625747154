package io.opsconductor.kit.keys;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** When the certificate of a process ends. */
public record CertificateTerm(Path file, Instant end) {
    /** With less time left than this, people are told. */
    public static final Duration WARNED_BEFORE = Duration.ofDays(30);

    /** Of the first certificate of a file. */
    public static CertificateTerm of(Path file) {
        return new CertificateTerm(
                file, Pem.certificates(file).getFirst().getNotAfter().toInstant());
    }

    /**
     * For a health page.
     *
     * @param problem why the files as they are now cannot be used, or null
     * @throws IllegalStateException when it has ended
     */
    public String described(Instant now, @Nullable String problem) {
        if (end.isBefore(now)) {
            throw new IllegalStateException("the certificate " + file + " ended on " + end + ": renew it");
        }
        return "certificate until " + end + (problem == null ? "" : ", as last read well; now " + problem);
    }

    /** That it ends soon, and what to do. */
    public Optional<String> warning(String process, Instant now) {
        return end.isBefore(now.plus(WARNED_BEFORE))
                ? Optional.of("the " + process + "'s certificate ends on " + end + ", in "
                        + Math.max(0, Duration.between(now, end).toDays())
                        + " days: ./opsconductor keys rotate certificates, or replace " + file.getFileName())
                : Optional.empty();
    }
}
