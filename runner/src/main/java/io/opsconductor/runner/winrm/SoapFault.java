package io.opsconductor.runner.winrm;

import io.opsconductor.runner.winrm.WinRmException.Kind;
import java.util.Optional;
import java.util.Set;
import org.w3c.dom.Element;

/**
 * A fault as the service says it.
 *
 * @param code of Windows; 0 when it names none
 * @param subcode such as {@code AccessDenied}, without its prefix; empty when it names none
 * @param message for people; may be empty
 */
record SoapFault(long code, String subcode, String message) {
    /** No output came within the time of one question; the command goes on. */
    private static final long TIMED_OUT = 2_150_858_793L;

    private static final long ACCESS_DENIED = 5;

    /** The shell is not there any more. */
    private static final long UNKNOWN_SHELL = 2_150_858_843L;

    /** ERROR_WSMAN_QUOTA_*: shells, operations and users, each by itself and in all. */
    private static final Set<Long> QUOTAS = Set.of(
            2_150_859_173L,
            2_150_859_174L,
            2_150_859_175L,
            2_150_859_176L,
            2_150_859_179L,
            2_150_859_236L,
            2_150_859_237L,
            2_150_859_238L,
            2_150_859_239L,
            2_150_859_240L);

    /** The fault of an answer's body; empty when it is none. */
    static Optional<SoapFault> of(Element envelope) {
        return Xml.first(envelope, Envelope.SOAP, "Fault").map(fault -> {
            Optional<Element> windows = Xml.first(fault, Envelope.FAULT, "WSManFault");
            String code = windows.map(w -> w.getAttribute("Code")).orElse("");
            String subcode = Xml.first(fault, Envelope.SOAP, "Subcode")
                    .flatMap(s -> Xml.first(s, Envelope.SOAP, "Value"))
                    .map(Xml::text)
                    .orElse("");
            String message = Xml.first(fault, Envelope.FAULT, "Message")
                    .or(() -> Xml.first(fault, Envelope.SOAP, "Text"))
                    .map(Xml::text)
                    .orElse("");
            return new SoapFault(
                    code.matches("[0-9]{1,18}") ? Long.parseLong(code) : 0,
                    subcode.substring(subcode.indexOf(':') + 1),
                    message.replaceAll("\\s+", " "));
        });
    }

    boolean isTimeOut() {
        return code == TIMED_OUT || subcode.equals("TimedOut");
    }

    boolean isUnknownShell() {
        return code == UNKNOWN_SHELL || subcode.equals("InvalidSelectors");
    }

    WinRmException exception() {
        Kind kind = code == ACCESS_DENIED || subcode.equals("AccessDenied")
                ? Kind.NOT_ALLOWED
                : subcode.equals("QuotaLimit") || QUOTAS.contains(code) ? Kind.QUOTA : Kind.FAULT;
        return new WinRmException(kind, message.isEmpty() ? "fault " + code : message);
    }
}
