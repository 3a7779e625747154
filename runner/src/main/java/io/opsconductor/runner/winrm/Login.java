package io.opsconductor.runner.winrm;

import java.io.IOException;

/** Says who the runner is on one connection, and guards what goes over it. One is made for each connection. */
sealed interface Login permits BasicLogin, NtlmLogin, KerberosLogin {
    /** Logs in as far as that happens before the first message; a refusal is an exception, and nothing is tried twice. */
    void greet(Wire wire) throws WinRmException, IOException;

    /** The message as it goes over the connection. */
    Wire.Request guard(byte[] soap) throws WinRmException;

    /** The message in an answer. */
    byte[] open(Wire.Answer answer) throws WinRmException;
}
