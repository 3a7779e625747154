package io.opsconductor.tool;

import io.opsconductor.tool.CommandTemplate.Literal;
import io.opsconductor.tool.CommandTemplate.Part;
import io.opsconductor.tool.CommandTemplate.Placeholder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Takes a text apart into what is fixed and where values go, without any meaning of its own for quotes or blanks. */
final class TextParts {
    private TextParts() {}

    static List<Part> of(String text, Set<String> declared, List<TemplateError> errors) {
        Braces braces = new Braces(text, declared, errors);
        List<Part> parts = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            if (text.charAt(at) != '{') {
                literal.append(text.charAt(at++));
                continue;
            }
            Braces.Token token = braces.read(at);
            if (token.parameter() == null) {
                literal.append(token.literal());
            } else {
                flush(literal, parts);
                parts.add(new Placeholder(token.parameter(), at));
            }
            at = token.end();
        }
        flush(literal, parts);
        return parts;
    }

    private static void flush(StringBuilder literal, List<Part> parts) {
        if (!literal.isEmpty()) {
            parts.add(new Literal(literal.toString()));
            literal.setLength(0);
        }
    }
}
