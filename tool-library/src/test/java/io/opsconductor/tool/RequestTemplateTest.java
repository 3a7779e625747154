package io.opsconductor.tool;

import static io.opsconductor.tool.ToolText.errors;
import static io.opsconductor.tool.ToolText.tool;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsconductor.plan.RenderedCommand;
import io.opsconductor.plan.RenderedCommand.Header;
import io.opsconductor.tool.CommandRendering.Surroundings;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTemplateTest {
    private static final String HEAD = """
            name: t
            description: d
            execution: {method: http}
            parameters:
              - {name: a, required: true}
              - {name: n, type: integer}
              - {name: flag, type: boolean, default: true}
            request:
            """;

    private static final String PATHS = """
            name: t
            description: d
            execution: {method: http}
            parameters:
              - {name: p, type: path, required: true}
            request:
              path: "/api{p}"
            """;

    @Test
    void aRequestIsRenderedWholeAndEachValueIsEncodedForItsPlace() {
        ToolDefinition tool = tool(HEAD + """
                  method: POST
                  path: /orders/{a}/lines
                  query: {q: "x {a}", n: "{n}", deep: true}
                  headers: {X-Trace: "t-{a}"}
                  json: {name: "{a}", count: "{n}", flag: "{flag}", list: [1, "{a}!"], fixed: null}
                  expect: [201, 202]
                  extract: /id
                """);

        assertThat(CommandRendering.render(tool, Map.of("a", "b&c=d"), new Surroundings("/base", '"')))
                .isEqualTo(new RenderedCommand.Request(
                        "POST",
                        "/base/orders/b%26c%3Dd/lines?q=x%20b%26c%3Dd&deep=true",
                        List.of(new Header("X-Trace", "t-b&c=d"), new Header("Content-Type", "application/json")),
                        "{\"name\":\"b&c=d\",\"flag\":true,\"list\":[1,\"b&c=d!\"],\"fixed\":null}",
                        List.of(201, 202),
                        "/id",
                        0));
    }

    @Test
    void momentsAreThoseOfThePreviewHoweverOftenItIsRendered() {
        ToolDefinition tool = tool("""
                name: t
                description: d
                execution: {method: http}
                parameters:
                  - {name: quiet, type: duration, default: 2h}
                  - {name: grace, type: duration}
                request:
                  method: POST
                  path: /silences
                  query: {since: "{now}"}
                  json: {from: "{now}", to: "{after_quiet}", last: "{after_grace}"}
                """);
        Instant issued = Instant.parse("2026-11-26T12:00:00.987Z");

        RenderedCommand rendered = CommandRendering.render(tool, Map.of(), Surroundings.PLAIN, issued);

        assertThat(rendered).isInstanceOfSatisfying(RenderedCommand.Request.class, request -> {
            assertThat(request.path()).isEqualTo("/silences?since=2026-11-26T12%3A00%3A00Z");
            assertThat(request.body()).isEqualTo("{\"from\":\"2026-11-26T12:00:00Z\",\"to\":\"2026-11-26T14:00:00Z\"}");
        });
        assertThat(CommandRendering.render(tool, Map.of(), Surroundings.PLAIN, issued))
                .isEqualTo(rendered);
    }

    @Test
    void onlyARequestHasMomentsAndOnlyAfterADuration() {
        assertThat(errors(HEAD + "  path: /x\n  query: {a: \"{a}\", t: \"{after_n}\"}\n"))
                .anyMatch(error -> error.contains("{after_n}"));
        assertThat(errors("name: t\ndescription: d\nexecution: {method: ssh}\ncommand_template: echo {now}\n"))
                .anyMatch(error -> error.contains("{now}"));
    }

    @Test
    void aBodyMayBeAnotherKindOfJsonAndNothingElse() {
        assertThat(request(
                                tool(HEAD
                                        + "  method: PATCH\n  path: /x\n  headers: {Content-Type: application/merge-patch+json}\n"
                                        + "  json: {a: \"{a}\", n: \"{n}\", f: \"{flag}\"}\n"),
                                "v",
                                1L)
                        .headers())
                .containsExactly(new Header("Content-Type", "application/merge-patch+json"));
        for (String headers : List.of("text/plain", "\"application/{a}\"", "application/x-www-form-urlencoded")) {
            assertThat(errors(HEAD + "  method: PATCH\n  path: /x\n  headers: {Content-Type: " + headers
                            + "}\n  json: {a: \"{a}\", n: \"{n}\", f: \"{flag}\"}\n"))
                    .as(headers)
                    .anyMatch(error -> error.contains("found Content-Type"));
        }
    }

    @Test
    void aFormIsEncodedAsOne() {
        ToolDefinition tool =
                tool(HEAD + "  method: POST\n  path: /f\n  form: {a: \"{a}\", n: \"{n}\", f: \"{flag}\"}\n");

        RenderedCommand.Request request = request(tool, "1&admin=true", 7L);

        assertThat(request.body()).isEqualTo("a=1%26admin%3Dtrue&n=7&f=true");
        assertThat(request.headers()).containsExactly(new Header("Content-Type", "application/x-www-form-urlencoded"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', textBlock = """
            //evil.example/x          ¦ /p/%2F%2Fevil.example%2Fx
            @evil.example             ¦ /p/%40evil.example
            x@evil.example:80         ¦ /p/x%40evil.example%3A80
            a?b=c#d                   ¦ /p/a%3Fb%3Dc%23d
            http://evil.example       ¦ /p/http%3A%2F%2Fevil.example
            100%2e                    ¦ /p/100%252e
            ｅｖｉｌ．ｅｘａｍｐｌｅ    ¦ /p/%EF%BD%85%EF%BD%96%EF%BD%89%EF%BD%8C%EF%BC%8E%EF%BD%85%EF%BD%98%EF%BD%81%EF%BD%8D%EF%BD%90%EF%BD%8C%EF%BD%85
            ...                       ¦ /p/...
            a;b,c                     ¦ /p/a%3Bb%2Cc
            """)
    void aHostileValueStaysWithinItsPartOfThePath(String value, String path) {
        ToolDefinition tool = tool(HEAD + "  path: /p/{a}\n  query: {n: \"{n}\", f: \"{flag}\"}\n");

        assertThat(request(tool, value, 1L).path()).isEqualTo(path + "?n=1&f=true");
    }

    @Test
    void aPathKeepsItsSlashesAndNothingElse() {
        ToolDefinition tool = tool(PATHS);

        assertThat(request(tool, "/a b/c?d/@e/").path()).isEqualTo("/api/a%20b/c%3Fd/%40e/");
        for (String value : List.of("//evil.example/x", "/a//b", "/../x", "/a/./b")) {
            assertThatThrownBy(() -> request(tool, value)).isInstanceOf(RenderingException.class);
        }
        assertThat(errors(PATHS.replace("/api{p}", "/{p}")))
                .singleElement()
                .asString()
                .contains("one slash");
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", ".", "../x", "a/../b", "a\\..\\b", "x/."})
    void aValueThatLeadsUpwardsIsRefused(String value) {
        ToolDefinition tool = tool(HEAD + "  path: /p/{a}\n  query: {n: \"{n}\", f: \"{flag}\"}\n");

        assertThatThrownBy(() -> request(tool, value, 1L))
                .isInstanceOf(RenderingException.class)
                .hasMessageContaining("leads to another place");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x\r\nX-Admin: 1", "x\nHost: evil", "x\u0000y", "\u202egnp.exe"})
    void aValueWithALineBreakOrAnythingHiddenIsRefusedEverywhere(String value) {
        ToolDefinition tool =
                tool(HEAD + "  path: /p\n  headers: {X-A: \"{a}\"}\n  query: {n: \"{n}\", f: \"{flag}\"}\n");

        assertThatThrownBy(() -> request(tool, value, 1L))
                .isInstanceOf(RenderingException.class)
                .hasMessageContaining("it contains \\u{");
        assertThat(CheckedParameters.check(tool.catalogueEntry(), Map.of("a", value)))
                .isInstanceOf(CheckedParameters.Refused.class);
    }

    @Test
    void aHeaderTakesAsciiOnly() {
        ToolDefinition tool =
                tool(HEAD + "  path: /p\n  headers: {X-A: \"{a}\"}\n  query: {n: \"{n}\", f: \"{flag}\"}\n");

        assertThatThrownBy(() -> request(tool, "mün", 1L)).hasMessageContaining("printable ASCII");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
            path: p/{a}                             ¦ 9:9: request.path: expected a path that begins with one slash and has no empty part, found "p/{a}". Write only what follows the target's base address, such as /health.
            path: //evil.example/{a}                ¦ 9:9: request.path: expected a path that begins with one slash and has no empty part, found "//evil.example/{a}". Write only what follows the target's base address, such as /health.
            path: /x/../{a}                         ¦ 9:9: request.path: expected a path without . and .. parts, found "/x/../{a}". Write it out.
            path: /x?y={a}                          ¦ 9:9: request.path: expected a path of an address, found "/x?y=". Write what follows the question mark below query: instead.
            path: "/{n}/{a}"                        ¦ 9:9: request.path: expected a value that is always there, found {n}, which may be absent. Make the parameter required, or give it a default.
            path: "/{b}"                            ¦ 9:11: request.path: expected the name of a declared parameter between braces, found "{b}". Write {a}, or write {{b}} for the text {b} itself.
            {path: /x, headers: {Host: "{a}"}}      ¦ 9:30: request.headers.Host: expected a header that a tool may set, found Host. Remove it; it follows from the target and the body.
            {path: /x, headers: {Cookie: "{a}"}}    ¦ 9:32: request.headers.Cookie: expected no login in a tool, found the header Cookie. Remove it, and give the target a credential of type bearer, password or header.
            {path: /x, json: {a: "{a}"}}            ¦ 9:20: request.json: expected no body with GET, found one. Write the values below query:, or choose another method.
            {path: /x, retries: 2}                  ¦ 9:23: request.retries: expected retries only in a tool that may run twice, found 2 in one that is not idempotent. Write "idempotent: true" if sending it twice does what sending it once does; otherwise remove retries.
            {path: /x, extract: a}                  ¦ 9:23: request.extract: expected a JSON pointer, found "a". Write for instance /status/phase or /items/0/name.
            {path: /x, url: y}                      ¦ 9:14: request: expected one of the keys
            {path: /x, expect: [99]}                ¦ 9:23: request.expect[0]: expected a number of at least 100, found the number 99
            """)
    void aMistakeIsNamedWhereItStands(String request, String expected) {
        List<String> errors = errors(HEAD + "  " + request + "\n");

        assertThat(errors).anySatisfy(e -> assertThat(e).startsWith("t.yaml:" + expected));
    }

    private static RenderedCommand.Request request(ToolDefinition tool, String path) {
        return (RenderedCommand.Request) CommandRendering.render(tool, Map.of("p", path));
    }

    private static RenderedCommand.Request request(ToolDefinition tool, String a, long n) {
        return (RenderedCommand.Request) CommandRendering.render(tool, Map.of("a", a, "n", n));
    }
}
