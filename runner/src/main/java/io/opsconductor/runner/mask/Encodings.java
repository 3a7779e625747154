package io.opsconductor.runner.mask;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;

/** The forms in which a secret turns up in output. */
final class Encodings {
    /** Fewer certain characters of a base64 text would take out common text. */
    private static final int SHORTEST_FRAGMENT = 6;

    private static final int SHORTEST_KEY_LINE = 8;
    private static final int BASE64_LINE = 76;

    private Encodings() {}

    static Set<String> of(byte[] secret) {
        Set<String> forms = new HashSet<>();
        String text = new String(secret, StandardCharsets.UTF_8);
        String stripped = text.strip();
        if (stripped.codePointCount(0, stripped.length()) < Masker.SHORTEST) {
            return forms;
        }
        addSingle(forms, text);
        if (!stripped.equals(text)) {
            addSingle(forms, stripped);
        }
        if (stripped.indexOf('\n') >= 0) {
            addLines(forms, stripped);
        }
        if (stripped.length() > BASE64_LINE / 2) {
            addWrappedBase64(forms, secret);
        }
        forms.removeIf(form -> form.length() < Masker.SHORTEST || form.isBlank());
        return forms;
    }

    private static void addSingle(Set<String> forms, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        forms.add(text);
        forms.add(Base64.getEncoder().encodeToString(bytes));
        forms.add(Base64.getEncoder().withoutPadding().encodeToString(bytes));
        forms.add(Base64.getUrlEncoder().encodeToString(bytes));
        forms.add(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
        addInsideBase64(forms, bytes);
        addPercent(forms, text, bytes);
        String json = new String(JsonStringEncoder.getInstance().quoteAsString(text));
        forms.add(json);
        forms.add(json.replace("/", "\\/"));
        addPowerShell(forms, text, json);
        // As POSIX shells and XML quote it.
        forms.add(text.replace("'", "'\\''"));
        forms.add(text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"));
        forms.add(text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&apos;"));
        String hex = HexFormat.of().formatHex(bytes);
        forms.add(hex);
        forms.add(hex.toUpperCase(Locale.ROOT));
    }

    /** The characters that are certain when the secret stands inside a longer text, at each of the three alignments. */
    private static void addInsideBase64(Set<String> forms, byte[] secret) {
        for (int before = 0; before < 3; before++) {
            byte[] shifted = new byte[before + secret.length];
            System.arraycopy(secret, 0, shifted, before, secret.length);
            int from = (before * 8 + 5) / 6;
            int to = shifted.length * 8 / 6;
            if (to - from >= SHORTEST_FRAGMENT) {
                forms.add(Base64.getEncoder().encodeToString(shifted).substring(from, to));
                forms.add(Base64.getUrlEncoder().encodeToString(shifted).substring(from, to));
            }
        }
    }

    /** Encoded commands, which are base64 of UTF-16; a literal; ConvertTo-Json, which escapes what HTML might take for its own. */
    private static void addPowerShell(Set<String> forms, String text, String json) {
        byte[] wide = text.getBytes(StandardCharsets.UTF_16LE);
        forms.add(Base64.getEncoder().encodeToString(wide));
        addInsideBase64(forms, wide);
        forms.add(text.replaceAll("['\u2018\u2019\u201a\u201b]", "$0$0"));
        forms.add(json.replace("'", "\\u0027")
                .replace("<", "\\u003c")
                .replace(">", "\\u003e")
                .replace("&", "\\u0026"));
    }

    private static void addPercent(Set<String> forms, String text, byte[] bytes) {
        String form = URLEncoder.encode(text, StandardCharsets.UTF_8);
        String path = form.replace("+", "%20").replace("*", "%2A").replace("%7E", "~");
        forms.add(form);
        forms.add(path);
        forms.add(lowerEscapes(form));
        forms.add(lowerEscapes(path));
        StringBuilder all = new StringBuilder();
        for (byte b : bytes) {
            all.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
        }
        forms.add(all.toString());
        forms.add(all.toString().toLowerCase(Locale.ROOT));
    }

    private static String lowerEscapes(String encoded) {
        StringBuilder lower = new StringBuilder(encoded);
        for (int i = 0; i + 2 < lower.length(); i++) {
            if (lower.charAt(i) == '%') {
                lower.setCharAt(i + 1, Character.toLowerCase(lower.charAt(i + 1)));
                lower.setCharAt(i + 2, Character.toLowerCase(lower.charAt(i + 2)));
            }
        }
        return lower.toString();
    }

    /** A key file is printed line by line; its first and last lines say nothing secret and are left readable. */
    private static void addLines(Set<String> forms, String text) {
        text.lines()
                .map(String::strip)
                .filter(line -> line.length() >= SHORTEST_KEY_LINE && !line.startsWith("-----"))
                .forEach(line -> addSingle(forms, line));
    }

    /** What {@code base64 FILE} prints. */
    private static void addWrappedBase64(Set<String> forms, byte[] secret) {
        String whole = Base64.getEncoder().encodeToString(secret);
        for (int at = 0; at < whole.length(); at += BASE64_LINE) {
            String line = whole.substring(at, Math.min(whole.length(), at + BASE64_LINE));
            if (line.length() >= SHORTEST_KEY_LINE) {
                forms.add(line);
            }
        }
    }
}
