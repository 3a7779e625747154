package io.opsconductor.runner.winrm;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/** The shells of a counterpart, and the answers to messages about them. */
public final class CounterpartShells {
    private static final String SHELL = "http://schemas.microsoft.com/wbem/wsman/1/windows/shell";
    private static final String WSMAN = "http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd";
    private static final String ADDRESSING = "http://schemas.xmlsoap.org/ws/2004/08/addressing";

    /** What the command interpreter of Windows takes. */
    private static final int MAX_LINE = 8_191;

    /** How long a question for output waits here, whatever it allows: a test has no time. */
    private static final Duration MAX_WAIT = Duration.ofMillis(300);

    private final Map<String, OpenShell> shells = new ConcurrentHashMap<>();
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final List<String> actions = new CopyOnWriteArrayList<>();
    private final int maxShells;
    private final int pieceBytes;
    private final boolean runs;
    private final List<String> scripts = new CopyOnWriteArrayList<>();

    CounterpartShells(int maxShells, int pieceBytes, boolean runs) {
        this.maxShells = maxShells;
        this.pieceBytes = pieceBytes;
        this.runs = runs;
    }

    /** Status and message of an answer. */
    record Reply(int status, String xml) {}

    private static final class OpenShell {
        private final Map<String, String> options;
        private final Map<String, StandInCommand> commands = new ConcurrentHashMap<>();

        OpenShell(Map<String, String> options) {
            this.options = options;
        }
    }

    /** The shells that are open now. */
    public int open() {
        return shells.size();
    }

    /** The commands that run now. */
    public long running() {
        return shells.values().stream()
                .flatMap(shell -> shell.commands.values().stream())
                .filter(StandInCommand::isRunning)
                .count();
    }

    /** The command lines that came, in order. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    /** What PowerShell was given between the fixed lines, in order; lines for the command interpreter as they came. */
    public List<String> scripts() {
        return List.copyOf(scripts);
    }

    /** The actions that came, in order, by their last words. */
    public List<String> actions() {
        return List.copyOf(actions);
    }

    static String action(byte[] soap) {
        return lastWord(text(document(soap), ADDRESSING, "Action"));
    }

    Reply reply(byte[] soap) {
        Element message = document(soap);
        String action = lastWord(text(message, ADDRESSING, "Action"));
        actions.add(action);
        Reply reply = reply(action, message);
        String related =
                "<a:RelatesTo>" + Xml.escape(text(message, ADDRESSING, "MessageID")) + "</a:RelatesTo></s:Header>";
        return new Reply(reply.status(), reply.xml().replaceFirst("</s:Header>", related));
    }

    private Reply reply(String action, Element message) {
        if (!text(message, WSMAN, "ResourceURI").equals(SHELL + "/cmd")) {
            return fault(400, 2_150_858_811L, "w:InvalidResource", "There is no such resource.");
        }
        if (action.equals("Create")) {
            return create(message);
        }
        String id = selector(message);
        OpenShell shell = shells.get(id);
        if (shell == null) {
            return fault(500, 2_150_858_843L, "w:InvalidSelectors", "The shell was not found on the server.");
        }
        return switch (action) {
            case "Command" -> command(message, shell);
            case "Send" -> send(message, shell);
            case "Receive" -> receive(message, shell);
            case "Signal" -> signal(message, shell);
            case "Delete" -> {
                shells.remove(id);
                shell.commands.values().forEach(StandInCommand::end);
                yield envelope(action, "");
            }
            default -> fault(500, 2_150_858_752L, "a:ActionNotSupported", "There is no such action.");
        };
    }

    private Reply create(Element message) {
        if (shells.size() >= maxShells) {
            return fault(
                    500,
                    2_150_859_173L,
                    "w:QuotaLimit",
                    "The WS-Management service cannot process the request. This user is allowed a maximum number of "
                            + maxShells + " concurrent shells, which has been exceeded.");
        }
        String id = UUID.randomUUID().toString().toUpperCase(Locale.ROOT);
        shells.put(id, new OpenShell(options(message)));
        return envelope(
                "Create",
                "<x:ResourceCreated xmlns:x=\"http://schemas.xmlsoap.org/ws/2004/09/transfer\"><a:Address>http://x/wsman"
                        + "</a:Address><a:ReferenceParameters><w:ResourceURI>" + SHELL
                        + "/cmd</w:ResourceURI><w:SelectorSet><w:Selector Name=\"ShellId\">" + id
                        + "</w:Selector></w:SelectorSet></a:ReferenceParameters></x:ResourceCreated><rsp:Shell>"
                        + "<rsp:ShellId>" + id + "</rsp:ShellId></rsp:Shell>");
    }

    private Reply command(Element message, OpenShell shell) {
        StringBuilder line = new StringBuilder(text(message, SHELL, "Command"));
        for (Element argument : elements(message, SHELL, "Arguments")) {
            line.append(' ').append(argument.getTextContent());
        }
        lines.add(line.toString());
        boolean takesInput = "FALSE".equals(options(message).get("WINRS_CONSOLEMODE_STDIN"));
        String id = UUID.randomUUID().toString().toUpperCase(Locale.ROOT);
        boolean utf8 = "65001".equals(shell.options.get("WINRS_CODEPAGE"));
        shell.commands.put(
                id,
                line.length() > MAX_LINE
                        ? StandInCommand.refused("The command line is too long.\r\n")
                        : StandInCommand.start(line.toString(), takesInput, utf8, runs, scripts::add));
        return envelope(
                "Command", "<rsp:CommandResponse><rsp:CommandId>" + id + "</rsp:CommandId></rsp:CommandResponse>");
    }

    private Reply send(Element message, OpenShell shell) {
        for (Element stream : elements(message, SHELL, "Stream")) {
            StandInCommand command = shell.commands.get(attribute(stream, "CommandId"));
            if (command == null) {
                return unknownCommand();
            }
            command.input(
                    Base64.getMimeDecoder().decode(stream.getTextContent()),
                    attribute(stream, "End").equalsIgnoreCase("true"));
        }
        return envelope("Send", "<rsp:SendResponse/>");
    }

    private Reply receive(Element message, OpenShell shell) {
        String id = attribute(elements(message, SHELL, "DesiredStream").getFirst(), "CommandId");
        StandInCommand command = shell.commands.get(id);
        if (command == null) {
            return unknownCommand();
        }
        Duration asked = Duration.parse(text(message, WSMAN, "OperationTimeout"));
        StandInCommand.Output output = command.await(asked.compareTo(MAX_WAIT) < 0 ? asked : MAX_WAIT);
        if (output.stdout().length == 0 && output.stderr().length == 0 && !output.ended()) {
            return fault(
                    500,
                    2_150_858_793L,
                    "w:TimedOut",
                    "The WS-Management service cannot complete the operation within the time specified in"
                            + " OperationTimeout.");
        }
        StringBuilder body = new StringBuilder("<rsp:ReceiveResponse>");
        pieces(body, "stdout", id, output.stdout());
        pieces(body, "stderr", id, output.stderr());
        if (output.ended()) {
            body.append("<rsp:Stream Name=\"stdout\" CommandId=\"").append(id).append("\" End=\"true\"/>");
            body.append("<rsp:CommandState CommandId=\"")
                    .append(id)
                    .append("\" State=\"" + SHELL + "/CommandState/Done\"><rsp:ExitCode>")
                    .append(Integer.toUnsignedLong(output.exitCode()))
                    .append("</rsp:ExitCode></rsp:CommandState>");
        } else {
            body.append("<rsp:CommandState CommandId=\"")
                    .append(id)
                    .append("\" State=\"" + SHELL + "/CommandState/Running\"/>");
        }
        return envelope("Receive", body.append("</rsp:ReceiveResponse>").toString());
    }

    private void pieces(StringBuilder body, String name, String id, byte[] bytes) {
        for (int at = 0; at < bytes.length; at += pieceBytes) {
            body.append("<rsp:Stream Name=\"")
                    .append(name)
                    .append("\" CommandId=\"")
                    .append(id)
                    .append("\">")
                    .append(Base64.getEncoder()
                            .encodeToString(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + pieceBytes))))
                    .append("</rsp:Stream>");
        }
    }

    private Reply signal(Element message, OpenShell shell) {
        Element signal = elements(message, SHELL, "Signal").getFirst();
        StandInCommand command = shell.commands.get(attribute(signal, "CommandId"));
        if (command == null) {
            return unknownCommand();
        }
        command.end();
        return envelope("Signal", "<rsp:SignalResponse/>");
    }

    private static Reply unknownCommand() {
        return fault(500, 2_150_858_843L, "w:InvalidSelectors", "The command was not found on the server.");
    }

    static Reply fault(int status, long code, String subcode, String text) {
        Reply reply = envelope(
                "fault",
                "<s:Fault><s:Code><s:Value>s:Receiver</s:Value><s:Subcode><s:Value>" + subcode
                        + "</s:Value></s:Subcode></s:Code><s:Reason><s:Text xml:lang=\"en-US\">" + text
                        + "</s:Text></s:Reason><s:Detail><f:WSManFault"
                        + " xmlns:f=\"http://schemas.microsoft.com/wbem/wsman/1/wsmanfault\" Code=\"" + code
                        + "\" Machine=\"win01\"><f:Message>" + text
                        + "</f:Message></f:WSManFault></s:Detail></s:Fault>");
        return new Reply(status, reply.xml());
    }

    private static Reply envelope(String action, String body) {
        return new Reply(
                200,
                "<s:Envelope xml:lang=\"en-US\" xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\" xmlns:a=\""
                        + ADDRESSING + "\" xmlns:w=\"" + WSMAN + "\" xmlns:rsp=\"" + SHELL
                        + "\"><s:Header><a:Action>" + action + "Response</a:Action><a:MessageID>uuid:"
                        + UUID.randomUUID() + "</a:MessageID></s:Header><s:Body>" + body + "</s:Body></s:Envelope>");
    }

    private static Map<String, String> options(Element message) {
        Map<String, String> options = new ConcurrentHashMap<>();
        elements(message, WSMAN, "Option").forEach(o -> options.put(o.getAttribute("Name"), o.getTextContent()));
        return options;
    }

    private static String selector(Element message) {
        return elements(message, WSMAN, "Selector").stream()
                .filter(s -> s.getAttribute("Name").equals("ShellId"))
                .map(Element::getTextContent)
                .findFirst()
                .orElse("");
    }

    /** With the shell's namespace or without. */
    private static String attribute(Element element, String name) {
        Attr attribute = element.getAttributeNodeNS(SHELL, name);
        return attribute == null ? element.getAttribute(name) : attribute.getValue();
    }

    private static List<Element> elements(Element in, String namespace, String name) {
        return Xml.all(in, namespace, name);
    }

    private static String text(Element in, String namespace, String name) {
        return elements(in, namespace, name).stream()
                .map(Element::getTextContent)
                .findFirst()
                .orElse("");
    }

    private static String lastWord(String action) {
        return action.substring(action.lastIndexOf('/') + 1);
    }

    private static Element document(byte[] soap) {
        try {
            return DocumentBuilderFactory.newDefaultNSInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(soap))
                    .getDocumentElement();
        } catch (SAXException | IOException | ParserConfigurationException e) {
            throw new IllegalArgumentException("no SOAP message", e);
        }
    }

    /** Ends everything that runs. */
    void close() {
        shells.values().forEach(shell -> shell.commands.values().forEach(StandInCommand::end));
    }
}
