package io.opsconductor.runner.winrm;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.w3c.dom.Element;

/**
 * Turns what PowerShell writes to stderr, which is CLIXML, into the text that its console would show. What is no CLIXML
 * stays as it is.
 */
public final class ClixmlText {
    private static final String MARK = "#< CLIXML";
    private static final String END = "</Objs>";
    private static final String NAMESPACE = "http://schemas.microsoft.com/powershell/2004/04";
    private static final Pattern ESCAPED = Pattern.compile("_x([0-9A-Fa-f]{4})_");

    private ClixmlText() {}

    /** The text of a whole stderr. */
    public static String of(String stderr) {
        StringBuilder text = new StringBuilder();
        int at = 0;
        while (true) {
            int mark = stderr.indexOf(MARK, at);
            int start = mark < 0 ? -1 : stderr.indexOf("<Objs", mark);
            int end = start < 0 ? -1 : stderr.indexOf(END, start);
            if (end < 0) {
                return text.append(stderr, at, stderr.length()).toString();
            }
            text.append(stderr, at, mark);
            int next = end + END.length();
            // One mark may stand before several blocks.
            text.append(block(stderr.substring(start, next)));
            while (stderr.startsWith("<Objs", next) && stderr.indexOf(END, next) >= 0) {
                int more = stderr.indexOf(END, next) + END.length();
                text.append(block(stderr.substring(next, more)));
                next = more;
            }
            at = next;
        }
    }

    private static String block(String xml) {
        Element objects;
        try {
            objects = Xml.parse(xml.getBytes(StandardCharsets.UTF_8));
        } catch (WinRmException e) {
            return xml;
        }
        StringBuilder text = new StringBuilder();
        for (Element string : Xml.all(objects, NAMESPACE, "S")) {
            if (!objects.isSameNode(string.getParentNode())) {
                continue;
            }
            String said = unescape(string.getTextContent());
            switch (string.getAttribute("S")) {
                case "Error" -> text.append(said);
                case "Warning" -> text.append("WARNING: ").append(said).append('\n');
                case "Verbose" -> text.append("VERBOSE: ").append(said).append('\n');
                case "Debug" -> text.append("DEBUG: ").append(said).append('\n');
                default -> text.append(said).append('\n');
            }
        }
        return text.toString();
    }

    /** {@code _x000D_} is one UTF-16 unit. */
    private static String unescape(String text) {
        Matcher matcher = ESCAPED.matcher(text);
        return matcher.replaceAll(
                found -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(found.group(1), 16))));
    }
}
