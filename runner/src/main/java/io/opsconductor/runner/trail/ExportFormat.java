package io.opsconductor.runner.trail;

import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.json.Json;
import io.opsconductor.kit.journal.JournalEntry;
import io.opsconductor.plan.Visible;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The forms in which other systems take the journals, one line an entry. */
public enum ExportFormat {
    /** The journal's own lines. */
    JSONL,
    /** ArcSight's Common Event Format, revision 0. */
    CEF,
    /** RFC 5424 with structured data; facility 13 (log audit). */
    SYSLOG;

    private static final int AUDIT_FACILITY = 13;
    /** 32473 is the enterprise number that RFC 5612 sets aside for documentation; the project has none of its own. */
    private static final String STRUCTURE = "opsconductor@32473";

    /** Without a line end. */
    public String line(JournalEntry entry) {
        return switch (this) {
            case JSONL -> Json.write(entry);
            case CEF -> cef(entry);
            case SYSLOG -> syslog(entry);
        };
    }

    static boolean isAlarming(JournalEntry entry) {
        return entry.type().equals("refused");
    }

    private static String cef(JournalEntry entry) {
        Map<String, String> fields = fields(entry);
        return "CEF:0|OpsConductor|" + cefHeader(entry.writer()) + "|1|" + cefHeader(entry.type()) + "|"
                + cefHeader(entry.type().replace('_', ' ')) + "|" + (isAlarming(entry) ? 7 : 3) + "|rt="
                + entry.at().toEpochMilli() + " externalId=" + entry.seq()
                + fields.entrySet().stream()
                        .map(field -> " " + field.getKey() + "=" + cefValue(field.getValue()))
                        .collect(Collectors.joining())
                + " msg=" + cefValue(EntryWords.of(entry));
    }

    /** CEF has six custom strings, each with a label beside it. */
    private static Map<String, String> fields(JournalEntry entry) {
        Map<String, String> fields = new LinkedHashMap<>();
        who(entry.data()).ifPresent(who -> fields.put("suser", who));
        custom(fields, 1, "execution", entry.execution());
        custom(fields, 2, "digest", entry.digest());
        custom(fields, 3, "conversation", entry.conversation());
        custom(fields, 4, "hash", entry.hash());
        return fields;
    }

    private static Optional<String> who(JsonNode data) {
        return Stream.of("approver", "requester", "sender", "actor", "by")
                .map(data::path)
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .findFirst();
    }

    private static void custom(Map<String, String> fields, int number, String label, String value) {
        if (!value.isEmpty()) {
            fields.put("cs" + number + "Label", label);
            fields.put("cs" + number, value);
        }
    }

    private static String cefHeader(String text) {
        return Visible.escape(text).replace("\\", "\\\\").replace("|", "\\|").replace("\n", " ");
    }

    private static String cefValue(String text) {
        return text.replace("\\", "\\\\")
                .replace("=", "\\=")
                .replace("\r", "\\r")
                .replace("\n", "\\n");
    }

    private static String syslog(JournalEntry entry) {
        int severity = isAlarming(entry) ? 4 : 6;
        return "<" + (AUDIT_FACILITY * 8 + severity) + ">1 " + entry.at().truncatedTo(ChronoUnit.MICROS)
                + " - opsconductor " + word(entry.writer())
                + " " + word(entry.type()) + " [" + STRUCTURE + " seq=\"" + entry.seq() + "\""
                + parameter("execution", entry.execution()) + parameter("digest", entry.digest())
                + parameter("conversation", entry.conversation()) + parameter("hash", entry.hash()) + "] \uFEFF"
                + EntryWords.of(entry).replace("\n", "\\n");
    }

    /** A PROCID or MSGID: printable ASCII without spaces, at most 32 of it. */
    private static String word(String text) {
        String ascii = text.replaceAll("[^!-~]", "_");
        return ascii.isEmpty() ? "-" : ascii.substring(0, Math.min(32, ascii.length()));
    }

    private static String parameter(String name, String value) {
        return value.isEmpty()
                ? ""
                : " " + name + "=\""
                        + Visible.escape(value)
                                .replace("\n", "\\n")
                                .replace("\\", "\\\\")
                                .replace("\"", "\\\"")
                                .replace("]", "\\]")
                        + "\"";
    }
}
