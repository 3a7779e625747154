package io.opsconductor.runner.step;

import io.opsconductor.tool.CatalogueEntry;
import java.util.List;
import java.util.regex.Pattern;

/** An ordinary value for any parameter of a shipped tool. */
final class Samples {
    private static final List<String> TEXTS = List.of(
            "shop",
            "PT4KHLK",
            "bob@example.com",
            "3f2a1c9e-0b1d-4c6f-9a51-0d6a4f1e2b3c",
            "HKLM:\\SOFTWARE\\Contoso",
            "\\Backup\\",
            "KB5031356",
            "0011.2233.4455",
            "10.0.0.0/8",
            "GigabitEthernet1/0/1",
            "work_mem",
            "lastBuild");

    private Samples() {}

    static String of(CatalogueEntry.Parameter parameter) {
        return switch (parameter.type()) {
            case STRING ->
                TEXTS.stream()
                        .filter(text -> parameter.pattern() == null || Pattern.matches(parameter.pattern(), text))
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("no sample fits " + parameter));
            case INTEGER -> parameter.min() == null ? "7" : String.valueOf(Math.max(7, parameter.min()));
            case BOOLEAN -> "true";
            case ENUM -> parameter.allowed().getFirst();
            case DURATION -> "1h";
            case HOST -> "db.example.com";
            case IP -> "10.0.0.5";
            case CIDR -> "10.0.0.0/8";
            case PORT -> "8443";
            case URL -> "https://shop.example.com/x";
            case PATH -> "/srv/data";
            case SERVICE -> "nginx";
            case SQL_IDENTIFIER -> "shop.orders";
            case TARGET, SECRET -> throw new IllegalStateException("no shipped tool takes " + parameter.type());
        };
    }
}
