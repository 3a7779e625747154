package io.opsconductor.runner.winrm;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** Writes the messages of the shell protocol (MS-WSMV). */
final class Envelope {
    static final String SOAP = "http://www.w3.org/2003/05/soap-envelope";
    static final String ADDRESSING = "http://schemas.xmlsoap.org/ws/2004/08/addressing";
    static final String WSMAN = "http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd";
    static final String SHELL = "http://schemas.microsoft.com/wbem/wsman/1/windows/shell";
    static final String FAULT = "http://schemas.microsoft.com/wbem/wsman/1/wsmanfault";

    static final String TRANSFER = "http://schemas.xmlsoap.org/ws/2004/09/transfer";
    private static final String RESOURCE = SHELL + "/cmd";

    /** What a service sends at most in one answer, unless it is told otherwise. */
    private static final int MAX_ANSWER_BYTES = 512_000;

    private final String action;
    private final Map<String, String> options = new LinkedHashMap<>();
    private String shell = "";
    private String body = "";

    private Envelope(String action) {
        this.action = action;
    }

    static Envelope of(String action) {
        return new Envelope(action);
    }

    Envelope option(String name, String value) {
        options.put(name, value);
        return this;
    }

    Envelope shell(String id) {
        shell = id;
        return this;
    }

    /** The body's XML, values already escaped. */
    Envelope body(String xml) {
        body = xml;
        return this;
    }

    /**
     * The message.
     *
     * @param to where its listener is
     * @param limit how long the service may work on it before it answers
     */
    byte[] bytes(String to, Duration limit) {
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>")
                .append("<s:Envelope xmlns:s=\"" + SOAP + "\" xmlns:a=\"" + ADDRESSING + "\" xmlns:w=\"" + WSMAN
                        + "\" xmlns:p=\"http://schemas.microsoft.com/wbem/wsman/1/wsman.xsd\" xmlns:rsp=\"" + SHELL
                        + "\"><s:Header><a:To>")
                .append(Xml.escape(to))
                .append("</a:To><a:ReplyTo><a:Address s:mustUnderstand=\"true\">" + ADDRESSING
                        + "/role/anonymous</a:Address></a:ReplyTo><w:MaxEnvelopeSize s:mustUnderstand=\"true\">")
                .append(MAX_ANSWER_BYTES)
                .append("</w:MaxEnvelopeSize><a:MessageID>uuid:")
                .append(UUID.randomUUID())
                .append("</a:MessageID><w:Locale s:mustUnderstand=\"false\" xml:lang=\"en-US\"/>"
                        + "<p:DataLocale s:mustUnderstand=\"false\" xml:lang=\"en-US\"/><w:OperationTimeout>PT")
                .append(limit.toSeconds())
                .append("S</w:OperationTimeout><w:ResourceURI s:mustUnderstand=\"true\">" + RESOURCE
                        + "</w:ResourceURI><a:Action s:mustUnderstand=\"true\">")
                .append(action)
                .append("</a:Action>");
        if (!shell.isEmpty()) {
            xml.append("<w:SelectorSet><w:Selector Name=\"ShellId\">")
                    .append(Xml.escape(shell))
                    .append("</w:Selector></w:SelectorSet>");
        }
        if (!options.isEmpty()) {
            xml.append("<w:OptionSet>");
            options.forEach((name, value) -> xml.append("<w:Option Name=\"")
                    .append(name)
                    .append("\">")
                    .append(value)
                    .append("</w:Option>"));
            xml.append("</w:OptionSet>");
        }
        return xml.append("</s:Header><s:Body>")
                .append(body)
                .append("</s:Body></s:Envelope>")
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }
}
