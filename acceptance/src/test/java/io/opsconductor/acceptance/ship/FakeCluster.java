package io.opsconductor.acceptance.ship;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * An API server that keeps what Helm stores, and knows the kinds that the chart uses. It checks nothing: what it stands for
 * here is a cluster that remembers.
 */
final class FakeCluster implements AutoCloseable {
    /** Group and version, then resource and kind. */
    private static final Map<String, Map<String, String>> KINDS = Map.of(
            "v1",
            Map.of(
                    "configmaps", "ConfigMap",
                    "secrets", "Secret",
                    "services", "Service",
                    "serviceaccounts", "ServiceAccount"),
            "apps/v1",
            Map.of("deployments", "Deployment", "statefulsets", "StatefulSet"),
            "policy/v1",
            Map.of("poddisruptionbudgets", "PodDisruptionBudget"),
            "networking.k8s.io/v1",
            Map.of("networkpolicies", "NetworkPolicy"));

    private final ObjectMapper json = new ObjectMapper();
    private final TreeMap<String, ObjectNode> objects = new TreeMap<>();
    private final HttpServer server;

    private FakeCluster(HttpServer server) {
        this.server = server;
    }

    static FakeCluster start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        FakeCluster cluster = new FakeCluster(server);
        server.createContext("/", cluster::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        return cluster;
    }

    /** A kubeconfig for it. */
    String configuration() {
        return """
                apiVersion: v1
                kind: Config
                current-context: fake
                clusters: [{ name: fake, cluster: { server: "http://127.0.0.1:%d" } }]
                contexts: [{ name: fake, context: { cluster: fake, user: fake, namespace: operations } }]
                users: [{ name: fake, user: { token: none } }]
                """.formatted(server.getAddress().getPort());
    }

    /** The data of a Secret in the namespace {@code operations}. */
    synchronized JsonNode secret(String name) {
        ObjectNode found = objects.get("/api/v1/namespaces/operations/secrets/" + name);
        if (found == null) {
            throw new AssertionError("there is no Secret " + name + " among " + objects.keySet());
        }
        return found;
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        byte[] body = exchange.getRequestBody().readAllBytes();
        Answer answer = switch (exchange.getRequestMethod()) {
            case "GET" -> get(path, exchange.getRequestURI().getQuery());
            case "POST" -> create(path, object(body));
            case "PUT" -> replace(path, object(body));
            case "PATCH" -> patch(path, object(body), isApply(exchange));
            case "DELETE" -> new Answer(objects.remove(path) == null ? 404 : 200, status(200));
            default -> new Answer(405, status(405));
        };
        byte[] bytes = json.writeValueAsBytes(answer.content());
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(answer.code(), bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private record Answer(int code, JsonNode content) {}

    private Answer get(String path, @Nullable String query) {
        ObjectNode known = objects.get(path);
        if (known != null) {
            return new Answer(200, known);
        }
        return switch (path) {
            case "/version" ->
                new Answer(200, node().put("major", "1").put("minor", "34").put("gitVersion", "v1.34.0"));
            case "/api" -> new Answer(200, versions());
            case "/apis" -> new Answer(200, groups());
            default -> collection(path, query);
        };
    }

    private Answer collection(String path, @Nullable String query) {
        String group = path.replaceFirst("^/apis?/", "");
        if (KINDS.containsKey(group)) {
            return new Answer(200, resources(group));
        }
        List<String> labels = query == null || !query.contains("labelSelector=")
                ? List.of()
                : Arrays.asList(
                        query.replaceFirst(".*labelSelector=([^&]*).*", "$1").split(",", -1));
        String resource = path.substring(path.lastIndexOf('/') + 1);
        Optional<String> kind = KINDS.values().stream()
                .filter(kinds -> kinds.containsKey(resource))
                .map(kinds -> kinds.get(resource))
                .findFirst();
        if (kind.isEmpty()) {
            return new Answer(404, status(404));
        }
        ObjectNode list = node().put("apiVersion", "v1").put("kind", kind.get() + "List");
        ArrayNode items = list.putArray("items");
        objects.forEach((at, object) -> {
            if (at.startsWith(path + "/") && labels.stream().allMatch(label -> has(object, label))) {
                items.add(object);
            }
        });
        return new Answer(200, list);
    }

    private static boolean has(ObjectNode object, String label) {
        String[] parts = label.split("=", 2);
        return object.path("metadata").path("labels").path(parts[0]).asText().equals(parts[1]);
    }

    private ObjectNode object(byte[] body) throws IOException {
        return ProtobufSecret.is(body) ? ProtobufSecret.json(body) : (ObjectNode) json.readTree(body);
    }

    private Answer create(String path, ObjectNode object) {
        String at = path + "/" + object.path("metadata").path("name").asText();
        if (objects.containsKey(at)) {
            return new Answer(409, status(409));
        }
        replace(at, object);
        return new Answer(201, object);
    }

    private Answer replace(String path, ObjectNode object) {
        ((ObjectNode) object.path("metadata"))
                .put("uid", "u-" + path.hashCode())
                .put("resourceVersion", "1");
        objects.put(path, object);
        return new Answer(200, object);
    }

    /** Helm 4 applies at the server, which makes what is not there. Its YAML is JSON. */
    private static boolean isApply(HttpExchange exchange) {
        return String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type"))
                .contains("apply-patch");
    }

    private Answer patch(String path, ObjectNode change, boolean apply) {
        ObjectNode object = objects.get(path);
        if (object == null) {
            return apply ? new Answer(201, replace(path, change).content()) : new Answer(404, status(404));
        }
        merge(object, change);
        return new Answer(200, object);
    }

    private void merge(ObjectNode object, JsonNode change) {
        change.properties().forEach(field -> {
            if (field.getValue().isNull()) {
                object.remove(field.getKey());
            } else if (field.getValue().isObject()
                    && object.path(field.getKey()).isObject()) {
                merge((ObjectNode) object.path(field.getKey()), field.getValue());
            } else {
                object.set(field.getKey(), field.getValue());
            }
        });
    }

    private ObjectNode versions() {
        ObjectNode answer = node().put("kind", "APIVersions");
        answer.putArray("versions").add("v1");
        return answer;
    }

    private ObjectNode groups() {
        ObjectNode answer = node().put("kind", "APIGroupList").put("apiVersion", "v1");
        ArrayNode groups = answer.putArray("groups");
        KINDS.keySet().stream().filter(name -> name.contains("/")).forEach(name -> {
            ObjectNode version = node().put("groupVersion", name).put("version", name.split("/", 2)[1]);
            ObjectNode group = groups.addObject().put("name", name.split("/", 2)[0]);
            group.putArray("versions").add(version);
            group.set("preferredVersion", version);
        });
        return answer;
    }

    private ObjectNode resources(String groupVersion) {
        ObjectNode answer =
                node().put("kind", "APIResourceList").put("apiVersion", "v1").put("groupVersion", groupVersion);
        ArrayNode resources = answer.putArray("resources");
        KINDS.getOrDefault(groupVersion, Map.of())
                .forEach((name, kind) -> resources
                        .addObject()
                        .put("name", name)
                        .put("singularName", "")
                        .put("namespaced", true)
                        .put("kind", kind)
                        .putArray("verbs")
                        .add("get")
                        .add("list")
                        .add("create")
                        .add("patch")
                        .add("update")
                        .add("delete"));
        return answer;
    }

    private ObjectNode status(int code) {
        return node().put("kind", "Status")
                .put("apiVersion", "v1")
                .put("code", code)
                .put("reason", code == 404 ? "NotFound" : code == 409 ? "AlreadyExists" : "")
                .put("status", code < 400 ? "Success" : "Failure");
    }

    private ObjectNode node() {
        return json.createObjectNode();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
