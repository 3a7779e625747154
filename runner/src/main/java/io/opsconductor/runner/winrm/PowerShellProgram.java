package io.opsconductor.runner.winrm;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The command line that runs a script in Windows PowerShell, and its input. Around the script stands only what makes its
 * output readable and its exit code true; no file is left behind.
 */
public final class PowerShellProgram {
    /** The command interpreter takes 8,191 characters, some of which are its own. */
    public static final int MAX_LINE = 8_000;

    private static final int INPUT_LINE = 1_000;

    private static final String LINE =
            "powershell.exe -NoLogo -NoProfile -NonInteractive -ExecutionPolicy RemoteSigned -EncodedCommand ";

    private static final String BEFORE = "$ProgressPreference='SilentlyContinue';$ErrorActionPreference='Stop';"
            + "[Console]::OutputEncoding=New-Object Text.UTF8Encoding $false\n& {\n";

    private static final String AFTER = "\n}\nif($LASTEXITCODE){exit $LASTEXITCODE}\n";

    /** Runs what comes as its input, in base64 so that no code page can alter it. */
    private static final String FROM_INPUT = "&([ScriptBlock]::Create([Text.Encoding]::UTF8.GetString("
            + "[Convert]::FromBase64String(-join @($input)))))";

    private PowerShellProgram() {}

    /**
     * What to start and what to send to it.
     *
     * @param line for the command interpreter
     * @param input in ASCII; empty when the script stands in the line itself
     */
    public record Start(String line, String input) {}

    /** The way for this script: in the line when it is short enough, otherwise as input. */
    public static Start of(String script) {
        String program = BEFORE + script + AFTER;
        String line = line(program);
        return line.length() <= MAX_LINE
                ? new Start(line, "")
                : new Start(
                        line(FROM_INPUT),
                        Base64.getMimeEncoder(INPUT_LINE, new byte[] {'\r', '\n'})
                                .encodeToString(program.getBytes(StandardCharsets.UTF_8)));
    }

    private static String line(String program) {
        return LINE + Base64.getEncoder().encodeToString(program.getBytes(StandardCharsets.UTF_16LE));
    }
}
