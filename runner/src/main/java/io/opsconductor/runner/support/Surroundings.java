package io.opsconductor.runner.support;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** The machine and the Java on it. */
final class Surroundings {
    private Surroundings() {}

    static String text(Path home) throws IOException {
        FileStore disk = Files.getFileStore(home);
        String version = Surroundings.class.getPackage().getImplementationVersion();
        return """
                made at %s
                version %s
                java %s, %s
                system %s %s, %s
                processors %d, load %.2f
                home %s, %d MB of %d MB free, %s
                """.formatted(
                        Instant.now(),
                        version == null ? "of a build without a version" : version,
                        Runtime.version(),
                        System.getProperty("java.vendor"),
                        System.getProperty("os.name"),
                        System.getProperty("os.version"),
                        System.getProperty("os.arch"),
                        Runtime.getRuntime().availableProcessors(),
                        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                        home,
                        disk.getUsableSpace() >> 20,
                        disk.getTotalSpace() >> 20,
                        disk.type());
    }
}
