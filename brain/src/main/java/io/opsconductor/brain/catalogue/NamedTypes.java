package io.opsconductor.brain.catalogue;

import io.opsconductor.tool.CatalogueEntry.Parameter;
import io.opsconductor.tool.ParameterType;
import java.util.Map;

/** The type that a parameter's values have; text parameters named like a type are read as that. */
public final class NamedTypes {
    private static final Map<String, ParameterType> BY_NAME = Map.ofEntries(
            Map.entry("target", ParameterType.HOST),
            Map.entry("host", ParameterType.HOST),
            Map.entry("hostname", ParameterType.HOST),
            Map.entry("address", ParameterType.HOST),
            Map.entry("domain", ParameterType.HOST),
            Map.entry("name", ParameterType.STRING),
            Map.entry("url", ParameterType.URL),
            Map.entry("path", ParameterType.PATH),
            Map.entry("file", ParameterType.PATH),
            Map.entry("directory", ParameterType.PATH),
            Map.entry("service", ParameterType.SERVICE),
            Map.entry("port", ParameterType.PORT));

    private NamedTypes() {}

    public static ParameterType of(Parameter parameter) {
        return parameter.type() == ParameterType.STRING && parameter.allowed().isEmpty()
                ? BY_NAME.getOrDefault(parameter.name(), ParameterType.STRING)
                : parameter.type();
    }
}
