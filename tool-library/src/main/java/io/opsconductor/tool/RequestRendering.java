package io.opsconductor.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.opsconductor.plan.RenderedCommand;
import io.opsconductor.plan.RenderedCommand.Header;
import io.opsconductor.tool.CommandTemplate.Entry;
import io.opsconductor.tool.CommandTemplate.Fixed;
import io.opsconductor.tool.CommandTemplate.Items;
import io.opsconductor.tool.CommandTemplate.JsonText;
import io.opsconductor.tool.CommandTemplate.JsonValue;
import io.opsconductor.tool.CommandTemplate.Literal;
import io.opsconductor.tool.CommandTemplate.Members;
import io.opsconductor.tool.CommandTemplate.Part;
import io.opsconductor.tool.CommandTemplate.Placeholder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Turns a request's template and values into the request. Each value is encoded for its place, so that it can neither
 * begin another part of the path, another pair of the query or another header, nor name another host. A pair, a header or
 * a member whose optional value is absent disappears as a whole.
 */
final class RequestRendering {
    /** RFC 3986: what needs no encoding anywhere. */
    private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    private static final Pattern HEADER_TEXT = Pattern.compile("[ -~]*");
    private static final Pattern SEPARATED = Pattern.compile("/");
    private static final Pattern SEPARATORS = Pattern.compile("[/\\\\]");

    private final String tool;
    private final RenderedValues values;

    RequestRendering(String tool, RenderedValues values) {
        this.tool = tool;
        this.values = values;
    }

    RenderedCommand.Request render(CommandTemplate.Request template, String basePath) {
        List<Header> headers = new ArrayList<>();
        for (Entry entry : template.headers()) {
            headerValue(entry).ifPresent(value -> headers.add(new Header(entry.name(), value)));
        }
        String body = switch (template.content()) {
            case CommandTemplate.NoContent _ -> "";
            case CommandTemplate.Form(List<Entry> fields) -> {
                headers.add(new Header("Content-Type", "application/x-www-form-urlencoded"));
                yield pairs(fields);
            }
            case CommandTemplate.JsonContent(JsonValue value) -> {
                if (headers.stream().noneMatch(header -> header.name().equalsIgnoreCase("Content-Type"))) {
                    headers.add(new Header("Content-Type", "application/json"));
                }
                yield json(value).map(JsonNode::toString).orElse("");
            }
        };
        String query = pairs(template.query());
        return new RenderedCommand.Request(
                template.method(),
                basePath + path(template.path()) + (query.isEmpty() ? "" : "?" + query),
                headers,
                body,
                template.expected(),
                template.extract(),
                template.retries());
    }

    private String path(List<Part> parts) {
        StringBuilder rendered = new StringBuilder();
        for (Part part : parts) {
            rendered.append(
                    switch (part) {
                        case Literal literal -> literal.text();
                        case Placeholder placeholder -> pathValue(placeholder.parameter());
                    });
            // Some servers decode %2F before they look for .. parts.
            if (part instanceof Placeholder(String name, int offset)
                    && SEPARATORS.splitAsStream(values.text(name)).anyMatch(s -> s.equals(".") || s.equals(".."))) {
                throw values.refused(name, "a part of a path that is . or .. leads to another place");
            }
        }
        String path = rendered.toString();
        if (SEPARATORS.splitAsStream(path).anyMatch(s -> s.equals(".") || s.equals(".."))) {
            throw new RenderingException("tool " + tool + ": the values make a path with a part that is . or ..");
        }
        return path;
    }

    /** A value of type path keeps its slashes; in any other a slash is encoded like the rest. */
    private String pathValue(String name) {
        String text = values.text(name);
        if (!values.isPath(name)) {
            return encoded(text);
        }
        if (!text.startsWith("/") || text.contains("//")) {
            throw values.refused(name, "a path of an address begins with one slash and has no empty part");
        }
        return SEPARATED.splitAsStream(text).map(RequestRendering::encoded).collect(Collectors.joining("/"))
                + (text.endsWith("/") ? "/" : "");
    }

    private String pairs(List<Entry> entries) {
        List<String> pairs = new ArrayList<>();
        for (Entry entry : entries) {
            if (isPresent(entry.value())) {
                pairs.add(encoded(entry.name()) + "=" + encoded(joined(entry.value(), UnaryOperator.identity())));
            }
        }
        return String.join("&", pairs);
    }

    private Optional<String> headerValue(Entry entry) {
        if (!isPresent(entry.value())) {
            return Optional.empty();
        }
        for (Part part : entry.value()) {
            if (part instanceof Placeholder(String name, int offset)
                    && !HEADER_TEXT.matcher(values.text(name)).matches()) {
                throw values.refused(name, "a header takes printable ASCII characters only");
            }
        }
        return Optional.of(joined(entry.value(), UnaryOperator.identity()).strip());
    }

    private Optional<JsonNode> json(JsonValue value) {
        return switch (value) {
            case Fixed(JsonNode node) -> Optional.of(node);
            case JsonText(List<Part> parts) when !isPresent(parts) -> Optional.empty();
            case JsonText(List<Part> parts)
            when parts.size() == 1 && parts.getFirst() instanceof Placeholder p -> Optional.of(typed(p.parameter()));
            case JsonText(List<Part> parts) -> Optional.of(TextNode.valueOf(joined(parts, UnaryOperator.identity())));
            case Members(var members) -> {
                ObjectNode object = JsonNodeFactory.instance.objectNode();
                members.forEach((name, member) -> json(member).ifPresent(node -> object.set(name, node)));
                yield Optional.of(object);
            }
            case Items(List<JsonValue> items) -> {
                var list = JsonNodeFactory.instance.arrayNode();
                items.forEach(item -> json(item).ifPresent(list::add));
                yield Optional.of(list);
            }
        };
    }

    private JsonNode typed(String name) {
        String text = values.text(name);
        return switch (values.value(name)) {
            case Boolean flag -> BooleanNode.valueOf(flag);
            case Integer number -> LongNode.valueOf(number);
            case Long number -> LongNode.valueOf(number);
            case null, default -> TextNode.valueOf(text);
        };
    }

    private boolean isPresent(List<Part> parts) {
        return parts.stream()
                .noneMatch(p -> p instanceof Placeholder(String name, int offset) && values.isAbsent(name));
    }

    private String joined(List<Part> parts, UnaryOperator<String> encoding) {
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            text.append(
                    switch (part) {
                        case Literal literal -> literal.text();
                        case Placeholder placeholder -> encoding.apply(values.text(placeholder.parameter()));
                    });
        }
        return text.toString();
    }

    private static String encoded(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (b > 0 && UNRESERVED.indexOf(b) >= 0) {
                encoded.append((char) b);
            } else {
                encoded.append('%')
                        .append(Character.toUpperCase(Character.forDigit(b >> 4 & 0xf, 16)))
                        .append(Character.toUpperCase(Character.forDigit(b & 0xf, 16)));
            }
        }
        return encoded.toString();
    }
}
