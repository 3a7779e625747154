package io.opsconductor.runner.step;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.opsconductor.plan.RenderedCommand;
import io.opsconductor.runner.credential.CredentialSource;
import io.opsconductor.runner.inventory.Network;
import io.opsconductor.runner.inventory.Target;
import io.opsconductor.runner.inventory.WebAddress;
import io.opsconductor.runner.mask.Masker;
import io.opsconductor.tool.CommandRendering.Surroundings;
import io.opsconductor.tool.ExecutionMethod;
import io.opsconductor.tool.ToolDefinition;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each tool for a web interface against a server that keeps what it is sent. What must arrive is written from the documentation of
 * the interface: Kubernetes, "API Reference" v1.34 and "Kubernetes API Concepts" (tables, kinds of patches); Prometheus, "HTTP API";
 * Alertmanager, openapi.yaml of its API v2; Grafana, "Alerting" and "Folder/Dashboard search HTTP API"; GitHub, "REST API endpoints
 * for deployments" and "for workflow runs"; GitLab, "Pipelines API" and "Deployments API"; Jenkins, "Remote access API"; PagerDuty,
 * "REST API v2".
 */
@Timeout(60)
class HttpToolsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TABLE = "Accept: application/json;as=Table;v=v1;g=meta.k8s.io, application/json";
    private static final String GITHUB = "Accept: application/vnd.github+json, X-GitHub-Api-Version: 2022-11-28";

    private final Masker masker = new Masker();
    private final HttpExecutor executor = new HttpExecutor(
            new CredentialSource(masker, Map.of(), Path.of("age.txt")),
            masker,
            host -> List.of(InetAddress.getLoopbackAddress()));

    @AfterEach
    void close() {
        executor.close();
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '~', quoteCharacter = '\u00a7', nullValues = "-", textBlock = """
            http_health ~ path=/healthz ~ GET /healthz ~ - ~ - ~ 200 {}
            k8s_pods ~ namespace=shop; selector=app=web,tier!=db ~ GET /api/v1/namespaces/shop/pods?labelSelector=app%3Dweb%2Ctier%21%3Ddb&includeObject=None&limit=200 ~ - ~ TABLE ~ 200 {"kind":"Table"}
            k8s_deployments ~ namespace=shop ~ GET /apis/apps/v1/namespaces/shop/deployments?includeObject=None&limit=200 ~ - ~ TABLE ~ 200 {"kind":"Table"}
            k8s_nodes ~ ~ GET /api/v1/nodes?includeObject=None&limit=500 ~ - ~ TABLE ~ 200 {"kind":"Table"}
            k8s_events ~ namespace=shop ~ GET /api/v1/namespaces/shop/events?fieldSelector=type%3DWarning&includeObject=None&limit=200 ~ - ~ TABLE ~ 200 {"kind":"Table"}
            k8s_services ~ ~ GET /api/v1/namespaces/default/services?includeObject=None&limit=200 ~ - ~ TABLE ~ 200 {"kind":"Table"}
            k8s_pod_logs ~ pod=shop-7d9f; lines=500 ~ GET /api/v1/namespaces/default/pods/shop-7d9f/log?tailLines=500&previous=false ~ - ~ - ~ 200 a line
            k8s_pod_logs ~ pod=shop-7d9f; namespace=shop; container=app; previous=true ~ GET /api/v1/namespaces/shop/pods/shop-7d9f/log?container=app&tailLines=100&previous=true ~ - ~ - ~ 200 a line
            k8s_rollout_restart ~ deployment=shop; namespace=shop ~ PATCH /apis/apps/v1/namespaces/shop/deployments/shop ~ {"spec":{"template":{"metadata":{"annotations":{"kubectl.kubernetes.io/restartedAt":"2026-11-26T12:00:00Z"}}}}} ~ Content-Type: application/strategic-merge-patch+json ~ 200 {"metadata":{"generation":7}}
            k8s_scale ~ deployment=shop; replicas=5 ~ PATCH /apis/apps/v1/namespaces/default/deployments/shop/scale ~ {"spec":{"replicas":5}} ~ Content-Type: application/merge-patch+json ~ 200 {"spec":{"replicas":5}}
            k8s_cordon ~ node=worker-2 ~ PATCH /api/v1/nodes/worker-2 ~ {"spec":{"unschedulable":true}} ~ Content-Type: application/strategic-merge-patch+json ~ 200 {"spec":{"unschedulable":true}}
            k8s_cordon ~ node=worker-2; unschedulable=false ~ PATCH /api/v1/nodes/worker-2 ~ {"spec":{"unschedulable":false}} ~ Content-Type: application/strategic-merge-patch+json ~ 200 {"spec":{}}
            prometheus_query ~ query=up == 0 ~ GET /api/v1/query?query=up%20%3D%3D%200 ~ - ~ - ~ 200 {"status":"success","data":{"resultType":"vector","result":[]}}
            prometheus_range ~ query=rate(http_requests_total[5m]); range=6h; step=5m ~ GET /api/v1/query?query=%28rate%28http_requests_total%5B5m%5D%29%29%5B21600s%3A300s%5D ~ - ~ - ~ 200 {"status":"success","data":{"resultType":"matrix","result":[]}}
            prometheus_alerts ~ ~ GET /api/v1/alerts ~ - ~ - ~ 200 {"status":"success","data":{"alerts":[]}}
            prometheus_targets ~ ~ GET /api/v1/targets?state=active ~ - ~ - ~ 200 {"status":"success","data":{"activeTargets":[]}}
            alertmanager_alerts ~ matcher=severity="critical" ~ GET /api/v2/alerts?active=true&silenced=false&inhibited=false&filter=severity%3D%22critical%22 ~ - ~ - ~ 200 []
            alertmanager_silences ~ ~ GET /api/v2/silences ~ - ~ - ~ 200 []
            alertmanager_silence ~ alert=HighLoad; duration=4h; comment=known ~ POST /api/v2/silences ~ {"matchers":[{"name":"alertname","value":"HighLoad","isRegex":false,"isEqual":true}],"startsAt":"2026-11-26T12:00:00Z","endsAt":"2026-11-26T16:00:00Z","createdBy":"opsconductor","comment":"known"} ~ Content-Type: application/json ~ 200 {"silenceID":"x"}
            alertmanager_expire_silence ~ silence=3f2a1c9e-0b1d-4c6f-9a51-0d6a4f1e2b3c ~ DELETE /api/v2/silence/3f2a1c9e-0b1d-4c6f-9a51-0d6a4f1e2b3c ~ - ~ - ~ 200
            grafana_alerts ~ ~ GET /api/alertmanager/grafana/api/v2/alerts?active=true&silenced=false ~ - ~ - ~ 200 []
            grafana_silence ~ alert=HighLoad ~ POST /api/alertmanager/grafana/api/v2/silences ~ {"matchers":[{"name":"alertname","value":"HighLoad","isRegex":false,"isEqual":true}],"startsAt":"2026-11-26T12:00:00Z","endsAt":"2026-11-26T14:00:00Z","createdBy":"opsconductor","comment":"asked for in the chat"} ~ Content-Type: application/json ~ 202 {"silenceID":"x"}
            grafana_dashboards ~ title=node exporter ~ GET /api/search?type=dash-db&query=node%20exporter&limit=20 ~ - ~ - ~ 200 []
            github_deployments ~ owner=acme; repository=shop; environment=production ~ GET /repos/acme/shop/deployments?environment=production&per_page=10 ~ - ~ GITHUB ~ 200 []
            github_deploy ~ owner=acme; repository=shop; ref=feature/x; environment=staging ~ POST /repos/acme/shop/deployments ~ {"ref":"feature/x","environment":"staging","auto_merge":false,"description":"Asked for in the chat"} ~ GITHUB ~ 201 {"url":"https://api.github.com/repos/acme/shop/deployments/1"}
            github_workflow_runs ~ owner=acme; repository=shop; status=failure; count=5 ~ GET /repos/acme/shop/actions/runs?status=failure&per_page=5&exclude_pull_requests=true ~ - ~ GITHUB ~ 200 {"workflow_runs":[]}
            gitlab_pipelines ~ project=ops/shop; ref=main ~ GET /api/v4/projects/ops%2Fshop/pipelines?ref=main&per_page=10 ~ - ~ - ~ 200 []
            gitlab_deployments ~ project=42 ~ GET /api/v4/projects/42/deployments?order_by=id&sort=desc&per_page=10 ~ - ~ - ~ 200 []
            gitlab_run_pipeline ~ project=ops/shop; ref=main ~ POST /api/v4/projects/ops%2Fshop/pipeline?ref=main ~ - ~ - ~ 201 {"web_url":"https://gitlab.example.com/x"}
            jenkins_build_status ~ job=shop deploy ~ GET /job/shop%20deploy/lastBuild/api/json?tree=number%2Cresult%2Cbuilding%2Cduration%2Ctimestamp%2Curl%2Cactions%5Bcauses%5BshortDescription%5D%5D ~ - ~ - ~ 200 {}
            jenkins_build ~ job=nightly ~ POST /job/nightly/build ~ - ~ - ~ 201
            jenkins_queue ~ ~ GET /queue/api/json?tree=items%5Bid%2Cwhy%2CinQueueSince%2Ctask%5Bname%5D%5D ~ - ~ - ~ 200 {"items":[]}
            pagerduty_incidents ~ status=acknowledged ~ GET /incidents?statuses%5B%5D=acknowledged&limit=25&sort_by=created_at%3Adesc ~ - ~ Accept: application/json ~ 200 {"incidents":[]}
            pagerduty_acknowledge ~ incident=PT4KHLK; from=bob@example.com ~ PUT /incidents/PT4KHLK ~ {"incident":{"type":"incident_reference","status":"acknowledged"}} ~ From: bob@example.com, Content-Type: application/json ~ 200 {"incident":{"status":"acknowledged"}}
            """)
    void whatArrivesIsWhatTheInterfaceAsksFor(
            String tool, String given, String line, String body, String headers, String answer) throws Exception {
        try (RawServer server = RawServer.saying(answer(answer))) {
            RenderedCommand.Request request = request(ShippedTools.named(tool), given == null ? "-" : given);

            TargetOutcome outcome = run(request, server);

            assertThat(outcome.reason()).isEmpty();
            List<String> sent = server.requests().getFirst().lines().toList();
            assertThat(sent.getFirst()).isEqualTo(line + " HTTP/1.1");
            assertThat(sent).containsAll(headers(headers));
            assertThat(bodyOf(server)).isEqualTo(body == null ? "" : body);
        }
    }

    private static List<String> headers(String text) {
        return text == null
                ? List.of()
                : text.equals("TABLE")
                        ? List.of(TABLE)
                        : List.of((text.equals("GITHUB") ? GITHUB : text).split(", ", -1));
    }

    @Test
    void everyShippedToolOfThisMethodIsAmongThem() throws Exception {
        Set<String> tried = Stream.of(HttpToolsTest.class
                        .getDeclaredMethod(
                                "whatArrivesIsWhatTheInterfaceAsksFor",
                                String.class,
                                String.class,
                                String.class,
                                String.class,
                                String.class,
                                String.class)
                        .getAnnotation(CsvSource.class)
                        .textBlock()
                        .split("\n", -1))
                .map(row -> row.strip().split(" ", -1)[0])
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(tried).containsExactlyElementsOf(names());
    }

    static List<String> names() {
        return ShippedTools.of(ExecutionMethod.HTTP).stream()
                .map(ToolDefinition::name)
                .sorted()
                .toList();
    }

    /** Every text that a tool takes, in turn, is one full of marks: it is refused, or stays one value in one place. */
    @ParameterizedTest
    @MethodSource("names")
    void aHostileValueStaysWithinItsPlace(String name) throws Exception {
        ToolDefinition tool = ShippedTools.named(name);
        Map<String, Object> plain = new LinkedHashMap<>();
        for (var parameter : tool.parameters()) {
            plain.put(parameter.name(), Samples.of(parameter));
        }
        for (var parameter : tool.parameters()) {
            Map<String, Object> values = new LinkedHashMap<>(plain);
            values.put(parameter.name(), ShippedTools.HOSTILE);
            var rendered = ShippedTools.rendered(tool, values, Surroundings.PLAIN);
            if (rendered.isEmpty()) {
                continue;
            }
            try (RawServer server = RawServer.saying(answer("200 x"))) {
                run((RenderedCommand.Request) rendered.get(), server);
                run((RenderedCommand.Request) ShippedTools.rendered(name, plain, Surroundings.PLAIN), server);
                String hostile = server.requests().get(0);
                String usual = server.requests().get(1);
                assertThat(shape(hostile)).as(parameter.name()).isEqualTo(shape(usual));
                assertThat(decoded(hostile)).as(parameter.name()).contains(ShippedTools.HOSTILE);
            }
        }
    }

    /** Method, parts of the path, names of the query and of the headers, and where in the body values stand. */
    private static List<String> shape(String request) throws IOException {
        String target = request.split(" ", -1)[1];
        List<String> shape = new ArrayList<>(List.of(request.split(" ", -1)[0]));
        int query = target.indexOf('?');
        shape.add("parts " + (query < 0 ? target : target.substring(0, query)).split("/", -1).length);
        if (query >= 0) {
            for (String pair : target.substring(query + 1).split("&", -1)) {
                shape.add(pair.substring(0, pair.indexOf('=')));
            }
        }
        request.lines().skip(1).takeWhile(l -> !l.isEmpty()).forEach(h -> shape.add(h.substring(0, h.indexOf(':'))));
        String body = request.substring(request.indexOf("\r\n\r\n") + 4);
        if (!body.isEmpty()) {
            places(JSON.readTree(body), "", shape);
        }
        return shape;
    }

    private static void places(JsonNode node, String at, List<String> places) {
        if (node.isValueNode()) {
            places.add(at + " " + node.getNodeType());
        }
        node.properties().forEach(member -> places(member.getValue(), at + "/" + member.getKey(), places));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            places(node.get(i), at + "/" + i, places);
        }
    }

    private static String decoded(String request) throws IOException {
        String target = request.split(" ", -1)[1];
        String body = request.substring(request.indexOf("\r\n\r\n") + 4);
        StringBuilder all = new StringBuilder(URLDecoder.decode(target, StandardCharsets.UTF_8)).append(request);
        if (!body.isEmpty()) {
            JSON.readTree(body).findValuesAsText("value").forEach(all::append);
            JSON.readTree(body).findValuesAsText("comment").forEach(all::append);
        }
        return all.toString();
    }

    private static String answer(String text) {
        int blank = text.indexOf(' ');
        String body = blank < 0 ? "" : text.substring(blank + 1);
        return "HTTP/1.1 " + (blank < 0 ? text : text.substring(0, blank)) + " Fine\r\nContent-Length: " + body.length()
                + "\r\n\r\n" + body;
    }

    private static String bodyOf(RawServer server) {
        String request = server.requests().getFirst();
        return request.substring(request.indexOf("\r\n\r\n") + 4);
    }

    private static RenderedCommand.Request request(ToolDefinition tool, String given) {
        return (RenderedCommand.Request)
                ShippedTools.rendered(tool.name(), ShippedTools.values(given), Surroundings.PLAIN);
    }

    private TargetOutcome run(RenderedCommand.Request request, RawServer server) {
        WebAddress web = new WebAddress(false, server.port(), "", null, Set.of(Network.LOOPBACK), false, null);
        Target target = new Target(
                "api", List.of(), "api.example", 22, "", "", List.of(), Map.of(), null, List.of(), null, web, null);
        return executor.run(
                new StepCommand(
                        "execution-1",
                        request,
                        new Place.OnTarget(target),
                        Duration.ofSeconds(15),
                        StepCommand.DEFAULT_OUTPUT_LIMIT_BYTES),
                (channel, text) -> {},
                new Cancellation());
    }
}
