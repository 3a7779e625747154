package io.opsconductor.chat.card;

import io.opsconductor.brain.revision.EditForm.FormField;

/** What a parameter in a form is, and which values it may have. */
public final class FieldWords {
    private static final int ALLOWED_SHOWN = 600;
    private static final int DESCRIPTION = 600;

    private FieldWords() {}

    /**
     * Such as "Seconds to wait. A whole number from 1 to 60. Without a value: 10."
     *
     * @param named whether the values it may have are to be named, because they cannot be chosen from
     */
    public static String hint(FormField field, boolean named) {
        StringBuilder hint = new StringBuilder();
        String description = cut(field.description().strip(), DESCRIPTION);
        if (!description.isEmpty()) {
            hint.append(description).append(description.endsWith(".") ? " " : ". ");
        }
        hint.append(type(field));
        if (field.min() != null && field.max() != null) {
            hint.append(" from ").append(field.min()).append(" to ").append(field.max());
        } else if (field.min() != null) {
            hint.append(", at least ").append(field.min());
        } else if (field.max() != null) {
            hint.append(", at most ").append(field.max());
        }
        hint.append('.');
        if (named && !field.allowed().isEmpty()) {
            hint.append(" One of: ")
                    .append(cut(String.join(", ", field.allowed()), ALLOWED_SHOWN))
                    .append('.');
        }
        if (field.defaultValue() != null && !field.required()) {
            hint.append(" Without a value: ")
                    .append(cut(field.defaultValue(), ALLOWED_SHOWN))
                    .append('.');
        }
        return hint.toString();
    }

    private static String type(FormField field) {
        return switch (field.type()) {
            case STRING -> "Text";
            case INTEGER -> "A whole number";
            case BOOLEAN -> "true or false";
            case ENUM -> "One of a list";
            case DURATION -> "A number and a unit, such as 30s, 5m or 2h";
            case HOST -> "A host name, an address or a target's name";
            case IP -> "An IP address";
            case CIDR -> "A network, such as 192.0.2.0/24";
            case PORT -> "A port";
            case URL -> "An address that begins with http:// or https://";
            case PATH -> "An absolute path";
            case SERVICE -> "A service's name";
            case SQL_IDENTIFIER -> "A name in the database";
            case TARGET -> "A target of the inventory";
            case SECRET -> "The name of a secret, never the secret itself";
        };
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 1) + "…";
    }
}
