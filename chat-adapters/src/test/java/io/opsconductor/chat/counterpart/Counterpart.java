package io.opsconductor.chat.counterpart;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opsconductor.chat.picture.Look;
import io.opsconductor.json.Json;
import io.opsconductor.plan.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** The chat API and the page on a loopback port. It can go away and come back, as a restarted chatbot does. */
public final class Counterpart implements AutoCloseable {
    private static final int MAX_BODY_BYTES = 64_000;

    private final Scenes scenes = new Scenes();
    private final Revisions revisions = new Revisions(scenes);
    private final Map<String, Conversation> conversations = new ConcurrentHashMap<>();
    private final AtomicInteger ids = new AtomicInteger();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private ExecutorService threads;
    private int port;

    private Counterpart(int port) {
        this.port = port;
        this.threads = Executors.newVirtualThreadPerTaskExecutor();
        this.server = listen();
        this.port = server.getAddress().getPort();
    }

    /** On a free port. */
    public static Counterpart start() {
        return new Counterpart(0);
    }

    /** To look at the page by hand: the first argument is the port. */
    public static void main(String[] args) {
        System.out.println(new Counterpart(Integer.parseInt(args[0])).uri());
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** What was posted so far, as {@code PATH BODY}. */
    public List<String> calls() {
        return calls;
    }

    /** Ends every connection and listens no more, until {@link #comeBack()}. */
    public void goAway() {
        server.stop(0);
        threads.shutdownNow();
    }

    /** Listens again on the same port, with everything it knew. */
    public void comeBack() {
        threads = Executors.newVirtualThreadPerTaskExecutor();
        server = listen();
    }

    /** Begins a conversation, as another client that chose its id does. */
    public void begin(String conversation) {
        conversations.put(conversation, new Conversation(conversation, conversation));
    }

    /** Lets the bot say something by itself. */
    public void say(String conversation, String text) {
        find(conversation).say(text);
    }

    @Override
    public void close() {
        goAway();
    }

    private HttpServer listen() {
        try {
            HttpServer made = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            made.setExecutor(threads);
            made.createContext("/", this::serve);
            made.start();
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            try {
                if (exchange.getRequestMethod().equals("POST")) {
                    post(exchange, path);
                } else if (path.startsWith("/chat/")) {
                    get(exchange, path);
                } else {
                    page(exchange, path);
                }
            } catch (Refused refused) {
                json(exchange, refused.status, refused.problem);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void post(HttpExchange exchange, String path) throws IOException {
        String body = new String(exchange.getRequestBody().readNBytes(MAX_BODY_BYTES), StandardCharsets.UTF_8);
        calls.add(path + " " + body);
        JsonNode request = Json.tree(body);
        String user = request.path("user").asText();
        if (!List.of("alice", "bob", "carol").contains(user)) {
            throw new Refused(
                    403,
                    Problem.of(
                            "unknown_user",
                            "There is no user called " + user + ".",
                            "Pick one of these.",
                            List.of("alice", "bob", "carol")));
        }
        if (path.equals("/chat/messages")) {
            message(exchange, request, user);
        } else if (path.matches(".*/(edit|withdraw|rerun|dry-run|fresh)")) {
            revise(exchange, path.split("/", -1), request, user);
        } else if (path.startsWith("/chat/approvals/")) {
            decide(exchange, path.substring("/chat/approvals/".length()), request, user);
        } else if (scenes.cancel(path.split("/", -1)[3])) {
            json(exchange, 202, Map.of());
        } else {
            throw new Refused(409, Problem.of("not_running", "It is not running any more.", ""));
        }
    }

    private void message(HttpExchange exchange, JsonNode request, String user) throws IOException {
        String text = request.path("text").asText();
        if (text.length() > 4000) {
            throw new Refused(
                    413,
                    Problem.of(
                            "message_too_long",
                            "The message has " + text.length() + " characters; 4000 are allowed.",
                            "Shorten it."));
        }
        Conversation conversation = request.hasNonNull("conversation")
                ? find(request.get("conversation").asText())
                : newConversation(text);
        String id = "m" + ids.incrementAndGet();
        json(exchange, 202, Fields.of("conversation", conversation.id, "message", id));
        conversation.append("message", Fields.of("from", user, "text", text, "message", id));
        scenes.play(conversation, user, text);
    }

    private Conversation newConversation(String title) {
        Conversation made = new Conversation("c" + ids.incrementAndGet(), title);
        conversations.put(made.id, made);
        return made;
    }

    private void decide(HttpExchange exchange, String approval, JsonNode request, String user) throws IOException {
        ScenePlan plan = plan(approval);
        ScenePlan.Refusal refusal = plan.decide(
                user,
                request.path("decision").asText(),
                request.path("digest").asText(),
                request.hasNonNull("reason") ? request.get("reason").asText() : null,
                request.path("code").asText());
        if (refusal != null) {
            throw new Refused(refusal.status(), refusal.problem());
        }
        json(exchange, 200, Fields.of("approval", approval, "status", plan.status()));
    }

    private void revise(HttpExchange exchange, String[] path, JsonNode request, String user) throws IOException {
        Revisions.Answer answer = switch (path[4]) {
            case "edit" -> revisions.edit(plan(path[3]), user, request.path("values"));
            case "withdraw" -> revisions.withdraw(plan(path[3]), user);
            case "fresh" -> revisions.fresh(plan(path[3]), user);
            case "dry-run" -> revisions.dryRun(plan(path[3]), user);
            default -> revisions.rerun(plan(path[3].substring("e-".length())), user);
        };
        json(exchange, answer.status(), answer.body());
    }

    private ScenePlan plan(String approval) {
        ScenePlan plan = scenes.plans().get(approval);
        if (plan == null) {
            throw new Refused(404, Problem.of("unknown_approval", "There is no such approval.", ""));
        }
        return plan;
    }

    private void get(HttpExchange exchange, String path) throws IOException, InterruptedException {
        switch (path) {
            case "/chat/users" ->
                json(
                        exchange,
                        200,
                        Map.of(
                                "users",
                                List.of(
                                        Fields.of("name", "alice", "about", "on-call engineer"),
                                        Fields.of("name", "bob", "about", "may approve changes"),
                                        Fields.of("name", "carol", "about", "database group"))));
            case "/chat/suggestions" ->
                json(
                        exchange,
                        200,
                        Map.of(
                                "suggestions",
                                List.of(
                                        "check disk space on web-server-01",
                                        "restart nginx on all web servers",
                                        "restart nginx, then check it",
                                        "check disk space",
                                        "help")));
            case "/chat/conversations" -> json(exchange, 200, Map.of("conversations", list()));
            case "/chat/overview" -> json(exchange, 200, overview(exchange));
            case String form
            when form.endsWith("/form") ->
                json(exchange, 200, revisions.form(plan(path.split("/", -1)[3])).body());
            case String picture when picture.contains("/pictures/") -> picture(exchange);
            default -> events(exchange, find(path.split("/", -1)[3]));
        }
    }

    private static void picture(HttpExchange exchange) throws IOException {
        boolean dark = "look=dark".equals(exchange.getRequestURI().getQuery());
        byte[] png = DiskScene.picture(dark ? Look.DARK : Look.LIGHT);
        exchange.getResponseHeaders().set("Content-Type", "image/png");
        exchange.sendResponseHeaders(200, png.length);
        exchange.getResponseBody().write(png);
    }

    /** Of what concerns somebody, what others' plans wait for. */
    private Map<String, Object> overview(HttpExchange exchange) {
        String query = exchange.getRequestURI().getQuery();
        List<Map<String, Object>> waiting = scenes.plans().values().stream()
                .filter(ScenePlan::waiting)
                .filter(plan -> !("user=" + plan.requester).equals(query))
                .map(ScenePlan::waitingEntry)
                .toList();
        return Map.of("others_waiting", Map.of("entries", waiting, "total", waiting.size()));
    }

    private List<Map<String, Object>> list() {
        List<Map<String, Object>> list = new ArrayList<>();
        conversations.values().stream()
                .sorted((a, b) -> b.started().compareTo(a.started()))
                .forEach(c -> list.add(Fields.of(
                        "conversation",
                        c.id,
                        "title",
                        c.title,
                        "at",
                        c.started().toString(),
                        "waiting",
                        scenes.plans().values().stream().anyMatch(plan -> plan.conversation == c && plan.waiting()))));
        return list;
    }

    private void events(HttpExchange exchange, Conversation conversation) throws IOException, InterruptedException {
        int after = query(exchange, "after");
        if (!String.valueOf(exchange.getRequestHeaders().getFirst("Accept")).contains("text/event-stream")) {
            Duration wait = Duration.ofSeconds(Math.min(30, query(exchange, "wait")));
            json(exchange, 200, Map.of("events", conversation.after(after, wait)));
            return;
        }
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        var body = exchange.getResponseBody();
        while (true) {
            StringBuilder text = new StringBuilder();
            for (Map<String, Object> event : conversation.after(after, Duration.ofSeconds(10))) {
                after++;
                text.append("id: ")
                        .append(after)
                        .append("\ndata: ")
                        .append(Json.write(event))
                        .append("\n\n");
            }
            body.write((text.isEmpty() ? ": still here\n\n" : text.toString()).getBytes(StandardCharsets.UTF_8));
            body.flush();
        }
    }

    private static int query(HttpExchange exchange, String name) {
        String query = exchange.getRequestURI().getQuery();
        if (query != null) {
            for (String pair : query.split("&", -1)) {
                if (pair.startsWith(name + "=")) {
                    return Integer.parseInt(pair.substring(name.length() + 1));
                }
            }
        }
        return 0;
    }

    private Conversation find(String id) {
        Conversation conversation = conversations.get(id);
        if (conversation == null) {
            throw new Refused(
                    404,
                    Problem.of(
                            "unknown_conversation",
                            "There is no conversation " + id + ".",
                            "Start a new conversation."));
        }
        return conversation;
    }

    private static void page(HttpExchange exchange, String path) throws IOException {
        String file = path.equals("/") ? "index.html" : path.substring(1);
        try (InputStream in = Counterpart.class.getResourceAsStream("/web/" + file)) {
            if (in == null || file.contains("..")) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            exchange.getResponseHeaders().set("Content-Security-Policy", "default-src 'self'");
            exchange.getResponseHeaders().set("Content-Type", contentType(file));
            exchange.sendResponseHeaders(200, 0);
            in.transferTo(exchange.getResponseBody());
        }
    }

    private static String contentType(String file) {
        return switch (file.substring(file.lastIndexOf('.') + 1)) {
            case "html" -> "text/html; charset=utf-8";
            case "css" -> "text/css";
            case "js" -> "text/javascript";
            case "svg" -> "image/svg+xml";
            default -> "application/octet-stream";
        };
    }

    private static void json(HttpExchange exchange, int status, Object value) throws IOException {
        byte[] bytes = Json.write(value).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.getResponseBody().flush();
    }

    private static final class Refused extends RuntimeException {
        final int status;

        @SuppressWarnings("serial") // Never serialized.
        final Problem problem;

        Refused(int status, Problem problem) {
            super(problem.error().message());
            this.status = status;
            this.problem = problem;
        }
    }
}
