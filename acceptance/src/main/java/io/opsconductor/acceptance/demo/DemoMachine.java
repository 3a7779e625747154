package io.opsconductor.acceptance.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What stands behind one SSH server: a directory that is its home, and a PATH that begins with the demo's own
 * {@code service}, {@code systemctl} and {@code sudo}, so that no command of the demo manages a real service.
 *
 * @param directory the target's home and the working directory of its commands
 */
record DemoMachine(DemoTarget target, Path directory) {
    private static final String SYSTEM_PATH =
            "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/opt/homebrew/bin";
    private static final long SERVICE_SECONDS = 20;

    static DemoMachine at(Path demo, DemoTarget target) throws IOException {
        Path directory = demo.resolve(target.name());
        for (String part : new String[] {"bin", "log", "run", "services"}) {
            Files.createDirectories(directory.resolve(part));
        }
        OwnFile.write(directory.resolve("bin/service"), resource("service.sh"), "rwxr-xr-x");
        OwnFile.write(directory.resolve("bin/systemctl"), resource("systemctl.sh"), "rwxr-xr-x");
        OwnFile.write(directory.resolve("bin/sudo"), resource("sudo.sh"), "rwxr-xr-x");
        for (String service : target.services()) {
            OwnFile.write(directory.resolve("services").resolve(service), resource("demo-service.sh"), "rwxr-xr-x");
        }
        return new DemoMachine(target, directory);
    }

    /** The command as its user would get it, not started. */
    ProcessBuilder command(String command) {
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", command).directory(directory.toFile());
        Map<String, String> environment = builder.environment();
        String language = environment.getOrDefault("LANG", "C.UTF-8");
        environment.clear();
        environment.put("PATH", directory.resolve("bin") + ":" + SYSTEM_PATH);
        environment.put("HOME", directory.toString());
        environment.put("USER", "demo");
        environment.put("LOGNAME", "demo");
        environment.put("SHELL", "/bin/sh");
        environment.put("LANG", language);
        environment.put("OPSCONDUCTOR_DEMO_TARGET", target.name());
        environment.put(
                "OPSCONDUCTOR_DEMO_PID", Long.toString(ProcessHandle.current().pid()));
        return builder;
    }

    void startServices() {
        services("start");
    }

    void stopServices() {
        services("stop");
    }

    private void services(String verb) {
        for (String service : target.services()) {
            try {
                Process process = command("service " + service + " " + verb)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
                if (!process.waitFor(SERVICE_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (IOException e) {
                throw new UncheckedIOException("the demo's " + service + " on " + target.name() + ": " + verb, e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = DemoMachine.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("the demo's " + name + " is missing from its jar");
            }
            return in.readAllBytes();
        }
    }
}
