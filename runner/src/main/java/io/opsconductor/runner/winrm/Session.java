package io.opsconductor.runner.winrm;

import io.opsconductor.runner.winrm.WinRmException.Kind;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import org.w3c.dom.Element;

/** A connection that is logged in. It is used by one thread at a time. */
public final class Session implements AutoCloseable {
    private final Wire wire;
    private final Login login;

    private Session(Wire wire, Login login) {
        this.wire = wire;
        this.login = login;
    }

    /**
     * Connects and logs in, once.
     *
     * @param limit for the connection, and for each answer after it
     * @throws RuntimeException of the web client, for what the network and TLS do
     */
    public static Session open(Destination destination, Scheme scheme, Account account, Duration limit)
            throws WinRmException, IOException, GeneralSecurityException {
        Wire wire = Wire.open(destination, limit);
        try {
            Login login = switch (scheme) {
                case BASIC -> new BasicLogin(account);
                case NTLM -> new NtlmLogin(account);
                case KERBEROS -> new KerberosLogin(account);
            };
            login.greet(wire);
            return new Session(wire, login);
        } catch (WinRmException | IOException | RuntimeException e) {
            wire.close();
            throw e;
        }
    }

    /**
     * Asks and reads the answer.
     *
     * @param limit how long the service may take; the connection waits a little longer
     * @return the answer's envelope, which is no fault
     */
    Element ask(Envelope message, Duration limit) throws Fault, WinRmException, IOException {
        wire.limit(limit.plus(Duration.ofSeconds(10)));
        Wire.Answer answer =
                wire.send(login.guard(message.bytes(wire.destination().url(), limit)));
        switch (answer.status()) {
            case 200, 400, 500 -> {}
            case 401 -> throw refused(answer.challenges());
            case 403 -> throw new WinRmException(Kind.NOT_ALLOWED, "");
            default -> throw new WinRmException(Kind.STATUS, String.valueOf(answer.status()));
        }
        if (answer.status() != 200 && answer.body().length == 0) {
            throw new WinRmException(Kind.STATUS, String.valueOf(answer.status()));
        }
        Element envelope = Xml.parse(login.open(answer));
        if (!Envelope.SOAP.equals(envelope.getNamespaceURI()) || !"Envelope".equals(envelope.getLocalName())) {
            throw new WinRmException(Kind.GARBAGE, "XML that is no SOAP message");
        }
        SoapFault fault = SoapFault.of(envelope).orElse(null);
        if (fault != null) {
            throw new Fault(fault);
        }
        if (answer.status() != 200) {
            throw new WinRmException(Kind.STATUS, String.valueOf(answer.status()));
        }
        return envelope;
    }

    private WinRmException refused(List<String> challenges) {
        String scheme = switch (login) {
            case BasicLogin _ -> "Basic";
            case NtlmLogin _, KerberosLogin _ -> "Negotiate";
        };
        return Challenges.refused(challenges, scheme);
    }

    @Override
    public void close() {
        wire.close();
    }

    /** The service answered with a fault. */
    static final class Fault extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient SoapFault fault;

        Fault(SoapFault fault) {
            super(fault.message());
            this.fault = fault;
        }

        SoapFault fault() {
            return fault;
        }
    }
}
