package io.opsconductor.runner.mask;

import java.util.regex.Pattern;

/**
 * Takes the content of PEM private key blocks out of a text that comes in pieces. It works by lines: a line is held back
 * only while it may be the first line of a block, or within one.
 */
final class PrivateKeyBlocks {
    private static final String FIRST = "-----BEGIN ";
    private static final Pattern FIRST_LINE = Pattern.compile("-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY-----\\s*");
    private static final Pattern KEY_LINE =
            Pattern.compile("\\s*([A-Za-z0-9+/=\u2022]{1,200}|[A-Za-z-]{1,40}: [ -~]{0,120})?\\s*");
    private static final int LONGEST_LINE = 256;

    private final StringBuilder line = new StringBuilder();
    private boolean passing;
    private boolean inside;
    private boolean masked;

    /** Takes the next piece and gives what is certain. */
    String accept(CharSequence piece) {
        StringBuilder out = new StringBuilder(piece.length());
        for (int i = 0; i < piece.length(); i++) {
            char c = piece.charAt(i);
            if (passing) {
                out.append(c);
                passing = c != '\n';
                continue;
            }
            line.append(c);
            if (c == '\n') {
                endOfLine(out);
            } else if (inside ? line.length() > LONGEST_LINE : !mayBeFirst()) {
                inside = false;
                passing = true;
                flush(out);
            }
        }
        return out.toString();
    }

    String finish() {
        StringBuilder out = new StringBuilder();
        endOfLine(out);
        return out.toString();
    }

    private boolean mayBeFirst() {
        return line.length() <= FIRST.length()
                ? FIRST.startsWith(line.toString())
                : line.length() <= LONGEST_LINE && line.indexOf(FIRST) == 0;
    }

    private void endOfLine(StringBuilder out) {
        if (!inside) {
            inside = FIRST_LINE.matcher(line).matches();
            masked = false;
            flush(out);
        } else if (KEY_LINE.matcher(line).matches()) {
            if (!masked) {
                out.append(Masker.MASK).append('\n');
                masked = true;
            }
            line.setLength(0);
        } else {
            inside = false;
            flush(out);
        }
    }

    private void flush(StringBuilder out) {
        out.append(line);
        line.setLength(0);
    }
}
