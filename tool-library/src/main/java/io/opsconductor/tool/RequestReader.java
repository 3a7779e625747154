package io.opsconductor.tool;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.opsconductor.text.Shown;
import io.opsconductor.tool.CommandTemplate.Content;
import io.opsconductor.tool.CommandTemplate.Entry;
import io.opsconductor.tool.CommandTemplate.JsonValue;
import io.opsconductor.tool.CommandTemplate.Literal;
import io.opsconductor.tool.CommandTemplate.Part;
import io.opsconductor.tool.CommandTemplate.Placeholder;
import io.opsconductor.yaml.Finding;
import io.opsconductor.yaml.YamlFile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the request of an http tool, whose shape the schema has judged; what the schema refused is passed over here. */
final class RequestReader {
    /** RFC 3986: pchar but the semicolon, which clients take for more than text, and the slash; percent signs before two digits. */
    private static final Pattern PATH_TEXT = Pattern.compile("(?:[A-Za-z0-9._~!$&'()*+,=:@/-]|%[0-9A-Fa-f]{2})*");

    private static final Pattern DOTS = Pattern.compile("(?:^|/)(?:\\.|%2[eE]){1,2}(?:/|$)");
    private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}");
    private static final Pattern HEADER_TEXT = Pattern.compile("[ -~]*");
    private static final Pattern JSON = Pattern.compile("application/([a-z.-]{1,60}\\+)?json");

    /** Headers that say where a message goes or ends, or who sends it. */
    private static final Set<String> OURS = Set.of(
            "host",
            "content-length",
            "content-type",
            "transfer-encoding",
            "connection",
            "keep-alive",
            "te",
            "trailer",
            "upgrade",
            "expect",
            "forwarded",
            "user-agent",
            "accept-encoding",
            "proxy-authorization",
            "proxy-connection");

    private static final Set<String> LOGIN = Set.of("authorization", "cookie", "x-api-key");

    private final YamlFile file;
    private final String key;
    private final boolean repeatable;
    private final Map<String, CatalogueEntry.Parameter> parameters;
    private final Set<String> places;
    private final List<Finding> findings;

    /**
     * @param key where the request stands in the file
     * @param repeatable whether sending it twice does what sending it once does
     * @param parameters by name
     */
    RequestReader(
            YamlFile file,
            String key,
            boolean repeatable,
            Map<String, CatalogueEntry.Parameter> parameters,
            List<Finding> findings) {
        this.file = file;
        this.key = key;
        this.repeatable = repeatable;
        this.parameters = parameters;
        this.places = new HashSet<>(parameters.keySet());
        places.addAll(Moments.names(parameters.values()));
        this.findings = findings;
    }

    CommandTemplate.Request read() {
        JsonNode request = file.root().path(key);
        String method = request.path("method").asText("GET");
        Content content = content(request, method);
        int retries = request.path("retries").asInt(0);
        if (retries > 0 && !repeatable) {
            error(
                    pointer() + "/retries",
                    "expected retries only in a tool that may run twice, found " + retries
                            + " in one that is not idempotent",
                    "Write \"idempotent: true\" if sending it twice does what sending it once does; otherwise remove"
                            + " retries.");
        }
        List<Integer> expected = new ArrayList<>();
        request.path("expect").forEach(status -> expected.add(status.asInt()));
        return new CommandTemplate.Request(
                method,
                path(request.path("path").asText("/")),
                entries(request, "query"),
                headers(request),
                content,
                expected,
                extract(request.path("extract").asText("")),
                retries);
    }

    private List<Part> path(String text) {
        String pointer = pointer() + "/path";
        int before = findings.size();
        List<Part> parts = parts(pointer, text);
        if (findings.size() > before) {
            return parts;
        }
        StringBuilder shape = new StringBuilder();
        for (Part part : parts) {
            switch (part) {
                case Literal(String literal) -> {
                    shape.append(literal);
                    Matcher legal = PATH_TEXT.matcher(literal);
                    if (!legal.matches()) {
                        error(
                                pointer,
                                "expected a path of an address, found " + Shown.quoted(literal),
                                literal.indexOf('?') >= 0
                                        ? "Write what follows the question mark below query: instead."
                                        : "Percent-encode other characters, such as %20 for a blank.");
                    }
                }
                case Placeholder(String name, int offset) -> {
                    shape.append(isPath(name) ? "/x" : "x");
                    if (isOptional(name)) {
                        error(
                                pointer,
                                "expected a value that is always there, found {" + name + "}, which may be absent",
                                "Make the parameter required, or give it a default.");
                    }
                }
            }
        }
        if (shape.isEmpty() || shape.charAt(0) != '/' || shape.indexOf("//") >= 0) {
            error(
                    pointer,
                    "expected a path that begins with one slash and has no empty part, found " + Shown.quoted(text),
                    "Write only what follows the target's base address, such as /health.");
        } else if (DOTS.matcher(shape).find()) {
            error(pointer, "expected a path without . and .. parts, found " + Shown.quoted(text), "Write it out.");
        }
        return parts;
    }

    private List<Entry> entries(JsonNode request, String key) {
        List<Entry> entries = new ArrayList<>();
        request.path(key).properties().forEach(e -> {
            if (e.getValue().isValueNode()) {
                String pointer = YamlFile.below(pointer() + "/" + key, e.getKey());
                entries.add(new Entry(e.getKey(), parts(pointer, e.getValue().asText())));
            }
        });
        return entries;
    }

    private List<Entry> headers(JsonNode request) {
        List<Entry> headers = entries(request, "headers");
        for (Entry header : headers) {
            String pointer = YamlFile.below(pointer() + "/headers", header.name());
            String name = header.name().toLowerCase(Locale.ROOT);
            if (!HEADER_NAME.matcher(header.name()).matches()) {
                error(pointer, "expected a header's name, found " + Shown.quoted(header.name()), "");
            } else if (name.equals("content-type") && request.has("json") && isJson(header)) {
                // Kubernetes tells by it how a change is to be understood.
                continue;
            } else if (OURS.contains(name) || name.startsWith("x-forwarded-")) {
                error(
                        pointer,
                        "expected a header that a tool may set, found " + header.name(),
                        "Remove it; it follows from the target and the body.");
            } else if (LOGIN.contains(name)) {
                error(
                        pointer,
                        "expected no login in a tool, found the header " + header.name(),
                        "Remove it, and give the target a credential of type bearer, password or header.");
            }
            for (Part part : header.value()) {
                if (part instanceof Literal(String text)
                        && !HEADER_TEXT.matcher(text).matches()) {
                    error(
                            pointer,
                            "expected printable ASCII characters in a header, found " + Shown.quoted(text),
                            "Remove the others.");
                }
            }
        }
        return headers;
    }

    private static boolean isJson(Entry header) {
        return header.value().size() == 1
                && header.value().getFirst() instanceof Literal(String text)
                && JSON.matcher(text).matches();
    }

    private Content content(JsonNode request, String method) {
        boolean json = request.has("json");
        boolean form = request.has("form");
        if (json && form) {
            error(pointer() + "/form", "expected one body, found json and form", "Remove one.");
        }
        if ((json || form) && (method.equals("GET") || method.equals("HEAD"))) {
            error(
                    pointer() + (json ? "/json" : "/form"),
                    "expected no body with " + method + ", found one",
                    "Write the values below query:, or choose another method.");
        }
        if (form) {
            return new CommandTemplate.Form(entries(request, "form"));
        }
        return json
                ? new CommandTemplate.JsonContent(json(pointer() + "/json", request.path("json")))
                : new CommandTemplate.NoContent();
    }

    private JsonValue json(String pointer, JsonNode node) {
        if (node.isObject()) {
            Map<String, JsonValue> members = new LinkedHashMap<>();
            node.properties().forEach(member -> {
                if (node.size() == 1 && member.getValue().isNull() && parameters.containsKey(member.getKey())) {
                    error(
                            pointer,
                            "expected a value, found braces without quotes, which YAML takes for a mapping",
                            "Write \"{" + member.getKey() + "}\" in quotes.");
                }
                members.put(member.getKey(), json(YamlFile.below(pointer, member.getKey()), member.getValue()));
            });
            return new CommandTemplate.Members(members);
        }
        if (node.isArray()) {
            List<JsonValue> items = new ArrayList<>();
            for (int i = 0; i < node.size(); i++) {
                items.add(json(pointer + "/" + i, node.get(i)));
            }
            return new CommandTemplate.Items(items);
        }
        return node.isTextual()
                ? new CommandTemplate.JsonText(parts(pointer, node.asText()))
                : new CommandTemplate.Fixed(node);
    }

    private String extract(String pointer) {
        try {
            JsonPointer.compile(pointer);
        } catch (IllegalArgumentException e) {
            error(
                    pointer() + "/extract",
                    "expected a JSON pointer, found " + Shown.quoted(pointer),
                    "Write for instance /status/phase or /items/0/name.");
        }
        return pointer;
    }

    private List<Part> parts(String pointer, String text) {
        List<TemplateError> errors = new ArrayList<>();
        List<Part> parts = TextParts.of(text, places, errors);
        for (TemplateError error : errors) {
            findings.add(Finding.error(
                    file.name(),
                    file.placeInside(pointer, error.offset()),
                    YamlFile.path(pointer),
                    error.message(),
                    error.fix()));
        }
        return parts;
    }

    /** A path brings its own slashes. */
    private boolean isPath(String name) {
        CatalogueEntry.Parameter parameter = parameters.get(name);
        return parameter != null && parameter.type() == ParameterType.PATH;
    }

    private boolean isOptional(String name) {
        CatalogueEntry.Parameter parameter = parameters.get(name);
        return parameter != null && !parameter.required() && parameter.defaultValue() == null;
    }

    private String pointer() {
        return "/" + key;
    }

    private void error(String pointer, String message, String fix) {
        findings.add(file.error(pointer, message, fix));
    }
}
