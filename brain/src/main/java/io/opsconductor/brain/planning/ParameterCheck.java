package io.opsconductor.brain.planning;

import io.opsconductor.tool.CatalogueEntry;
import io.opsconductor.tool.ParameterType;
import java.util.List;

final class ParameterCheck {
    private ParameterCheck() {}

    sealed interface Result {}

    record Valid(Object value) implements Result {}

    record Invalid(String message, String hint, List<String> choices) implements Result {}

    static Result check(CatalogueEntry.Parameter parameter, Object value) {
        String text = value.toString();
        if (parameter.type() == ParameterType.PATH && !text.startsWith("/") && !text.matches("[A-Za-z]:\\\\.*")) {
            return new Invalid("expected an absolute path, found \"" + text + "\"", "", List.of());
        }
        if (!parameter.allowed().isEmpty() && !parameter.allowed().contains(text)) {
            return new Invalid("expected one of " + parameter.allowed(), "", parameter.allowed());
        }
        boolean number = parameter.type() == ParameterType.INTEGER || parameter.type() == ParameterType.PORT;
        if (number) {
            if (!text.matches("-?\\d{1,18}")) {
                return new Invalid("expected a whole number, found \"" + text + "\"", "", List.of());
            }
            long n = Long.parseLong(text);
            Long min = parameter.min();
            Long max = parameter.max();
            if ((min != null && n < min)
                    || (max != null && n > max)
                    || (parameter.type() == ParameterType.PORT && (n < 1 || n > 65535))) {
                return new Invalid("out of range: " + text, "", List.of());
            }
            return new Valid(n);
        }
        boolean bare = parameter.type() == ParameterType.SERVICE || parameter.type() == ParameterType.HOST;
        if (bare && !text.matches("[A-Za-z0-9_.@:+-]+")) {
            return new Invalid("expected a name, found \"" + text + "\"", "", List.of());
        }
        return new Valid(value);
    }
}
