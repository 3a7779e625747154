package io.opsconductor.runner.winrm;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A command of a counterpart, run by bash. A line that starts PowerShell is taken apart as PowerShell would: the encoded
 * command, or what it reads from its input; the script between the fixed lines is then run by bash, and its stderr comes as
 * CLIXML.
 */
final class StandInCommand {
    private static final Pattern ENCODED =
            Pattern.compile("powershell\\.exe .*-EncodedCommand ([A-Za-z0-9+/=]+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern ENCODED_PYTHON = Pattern.compile("powershell -encodedcommand ([A-Za-z0-9+/=]+)");
    private static final Pattern SCRIPT = Pattern.compile("""
            (?s)\\$ProgressPreference='SilentlyContinue';[^\\n]*
            & \\{
            (.*)
            \\}
            if\\(\\$LASTEXITCODE\\)\\{exit \\$LASTEXITCODE\\}
            """);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();
    private final ByteArrayOutputStream input = new ByteArrayOutputStream();
    private final boolean utf8;
    private final boolean runs;
    private final Consumer<String> scripts;
    private @Nullable Process process;
    private boolean powershell;
    private boolean fromInput;
    private boolean ended;
    private int exitCode;

    private StandInCommand(boolean utf8, boolean runs, Consumer<String> scripts) {
        this.utf8 = utf8;
        this.runs = runs;
        this.scripts = scripts;
    }

    /** What came since the last question. */
    // It carries bytes from one call to the next, and nobody compares it.
    @SuppressWarnings("ArrayRecordComponent")
    record Output(byte[] stdout, byte[] stderr, boolean ended, int exitCode) {}

    static StandInCommand refused(String why) {
        StandInCommand command = new StandInCommand(true, true, script -> {});
        command.stderr.writeBytes(why.getBytes(StandardCharsets.US_ASCII));
        command.ended = true;
        command.exitCode = 1;
        return command;
    }

    /**
     * @param runs whether bash runs the script
     * @param scripts is told it
     */
    static StandInCommand start(String line, boolean takesInput, boolean utf8, boolean runs, Consumer<String> scripts) {
        StandInCommand command = new StandInCommand(utf8, runs, scripts);
        Matcher encoded = ENCODED.matcher(line);
        Matcher python = ENCODED_PYTHON.matcher(line.toLowerCase(Locale.ROOT));
        if (encoded.find() || python.find()) {
            command.powershell = true;
            String word = line.substring(line.lastIndexOf(' ') + 1);
            String program = new String(Base64.getDecoder().decode(word), StandardCharsets.UTF_16LE);
            if (program.contains("$input")) {
                command.fromInput = true;
                if (!takesInput) {
                    command.run("echo 'no input' >&2; exit 9");
                }
            } else {
                command.run(script(program));
            }
        } else {
            command.run(line.equals("ver") ? "echo; echo 'Microsoft Windows [Version 10.0.20348.2340]'" : line);
        }
        return command;
    }

    private static String script(String program) {
        Matcher script = SCRIPT.matcher(program);
        return script.matches() ? script.group(1) : program;
    }

    private void run(String script) {
        scripts.accept(script);
        if (!runs) {
            end(0);
            return;
        }
        try {
            ProcessBuilder builder = new ProcessBuilder("bash", "-c", script);
            builder.environment().put("LC_ALL", utf8 ? "C.UTF-8" : "C");
            Process started = builder.start();
            process = started;
            Thread errors = Thread.ofPlatform().daemon().start(() -> drain(started.getErrorStream(), stderr));
            Thread.ofPlatform().daemon().start(() -> {
                drain(started.getInputStream(), stdout);
                try {
                    errors.join();
                    end(started.waitFor());
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            if (!fromInput) {
                started.getOutputStream().close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void drain(InputStream in, ByteArrayOutputStream to) {
        byte[] piece = new byte[16 * 1024];
        try {
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                lock.lock();
                try {
                    to.write(piece, 0, read);
                    changed.signalAll();
                } finally {
                    lock.unlock();
                }
            }
        } catch (IOException e) {
            // It was ended.
        }
    }

    private void end(int code) {
        lock.lock();
        try {
            if (powershell && stderr.size() > 0) {
                String text = stderr.toString(StandardCharsets.UTF_8);
                stderr.reset();
                stderr.writeBytes(clixml(text).getBytes(StandardCharsets.UTF_8));
            }
            exitCode = code;
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static String clixml(String text) {
        StringBuilder xml = new StringBuilder("#< CLIXML\r\n<Objs Version=\"1.1.0.1\""
                + " xmlns=\"http://schemas.microsoft.com/powershell/2004/04\"><Obj S=\"progress\" RefId=\"0\"><TN"
                + " RefId=\"0\"><T>System.Management.Automation.PSCustomObject</T></TN><MS><I64 N=\"SourceId\">1</I64>"
                + "<PR N=\"Record\"><AV>Preparing modules for first use.</AV></PR></MS></Obj>");
        for (String line : text.split("(?<=\n)", -1)) {
            if (!line.isEmpty()) {
                xml.append("<S S=\"Error\">")
                        .append(line.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "_x000D__x000A_"))
                        .append("</S>");
            }
        }
        return xml.append("</Objs>").toString();
    }

    void input(byte[] bytes, boolean last) {
        input.writeBytes(bytes);
        if (last && fromInput) {
            String program = new String(Base64.getMimeDecoder().decode(input.toByteArray()), StandardCharsets.UTF_8);
            run(script(program));
            return;
        }
        Process running = process;
        if (running != null) {
            try (OutputStream out = running.getOutputStream()) {
                out.write(bytes);
            } catch (IOException e) {
                // It does not read its input.
            }
        }
    }

    /** Waits for output or the end. */
    Output await(Duration limit) {
        lock.lock();
        try {
            long nanos = limit.toNanos();
            // PowerShell's errors are whole only at its end.
            while (stdout.size() == 0 && (powershell || stderr.size() == 0) && !ended && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
            byte[] out = stdout.toByteArray();
            byte[] err = powershell && !ended ? new byte[0] : stderr.toByteArray();
            stdout.reset();
            if (!powershell || ended) {
                stderr.reset();
            }
            return new Output(out, err, ended, exitCode);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            lock.unlock();
        }
    }

    boolean isRunning() {
        Process running = process;
        return running != null
                && (running.isAlive() || running.descendants().findAny().isPresent());
    }

    void end() {
        Process running = process;
        if (running != null) {
            running.descendants().forEach(ProcessHandle::destroyForcibly);
            running.destroyForcibly();
            try {
                running.waitFor(5, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
