package io.opsconductor.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ParameterCheckTest {
    @ParameterizedTest
    @CsvSource(delimiter = '¦', textBlock = """
            string ¦ hello world; $(id) ¦ hello world; $(id)
            string ¦ Grüße ¦ Grüße
            integer ¦ 42 ¦ 42
            integer ¦ 0 ¦ 0
            boolean ¦ true ¦ true
            duration ¦ 30s ¦ 30
            duration ¦ 5m ¦ 300
            duration ¦ 2h ¦ 7200
            duration ¦ 1d ¦ 86400
            duration ¦ 90 ¦ 90
            host ¦ web-server-01 ¦ web-server-01
            host ¦ db.internal.example.com ¦ db.internal.example.com
            host ¦ _dmarc.example.com ¦ _dmarc.example.com
            host ¦ 10.0.0.5 ¦ 10.0.0.5
            host ¦ 2001:db8::1 ¦ 2001:db8::1
            host ¦ example.com. ¦ example.com.
            ip ¦ 0.0.0.0 ¦ 0.0.0.0
            ip ¦ 255.255.255.255 ¦ 255.255.255.255
            ip ¦ :: ¦ ::
            ip ¦ ::1 ¦ ::1
            ip ¦ 1:2:3:4:5:6:7:8 ¦ 1:2:3:4:5:6:7:8
            ip ¦ fe80::1:2 ¦ fe80::1:2
            ip ¦ ::ffff:192.0.2.1 ¦ ::ffff:192.0.2.1
            cidr ¦ 10.0.0.0/8 ¦ 10.0.0.0/8
            cidr ¦ 2001:db8::/32 ¦ 2001:db8::/32
            port ¦ 1 ¦ 1
            port ¦ 65535 ¦ 65535
            url ¦ http://web-server-01:8080/health?x=1&y=2 ¦ http://web-server-01:8080/health?x=1&y=2
            url ¦ HTTPS://[2001:db8::1]/ ¦ HTTPS://[2001:db8::1]/
            path ¦ / ¦ /
            path ¦ /srv/a b/übung* ¦ /srv/a b/übung*
            path ¦ /a/..b/c.. ¦ /a/..b/c..
            path ¦ C:\\Windows\\Temp ¦ C:\\Windows\\Temp
            service ¦ nginx ¦ nginx
            service ¦ getty@tty1.service ¦ getty@tty1.service
            sql-identifier ¦ shop.orders_2026 ¦ shop.orders_2026
            target ¦ web_01.rack-2 ¦ web_01.rack-2
            secret ¦ db/readonly ¦ db/readonly
            """)
    void theseAreValuesAndThatIsTheirNormalForm(String type, String value, String normal) {
        var parameter = of(type);
        assertThat(ParameterCheck.check(parameter, value)).isInstanceOfSatisfying(ParameterCheck.Valid.class, valid -> {
            assertThat(valid.value()).hasToString(normal);
            assertThat(ParameterCheck.check(parameter, valid.value())).isEqualTo(valid);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', textBlock = """
            integer ¦ 1.5 ¦ expected a whole number, found "1.5"
            integer ¦ 007 ¦ expected a whole number, found "007"
            integer ¦ +1 ¦ expected a whole number, found "+1"
            integer ¦ 9999999999999999999999 ¦ expected a whole number, found "9999999999999999999999"
            integer ¦ ٣ ¦ expected a whole number, found "٣"
            integer ¦ -1 ¦ expected a value that does not begin with a hyphen, found "-1"
            boolean ¦ yes ¦ expected true or false, found "yes"
            duration ¦ soon ¦ expected a duration such as 30s, 5m, 2h or 1d, found "soon"
            duration ¦ 1h30m ¦ expected a duration such as 30s, 5m, 2h or 1d, found "1h30m"
            host ¦ web 01 ¦ expected a host name or an IP address, found "web 01"
            host ¦ web;id ¦ expected a host name or an IP address, found "web;id"
            host ¦ web-.example ¦ expected a host name or an IP address, found "web-.example"
            host ¦ a..b ¦ expected a host name or an IP address, found "a..b"
            host ¦ 256.1.1.1 ¦ expected a host name or an IP address, found "256.1.1.1"
            host ¦ 127.1 ¦ expected a host name or an IP address, found "127.1"
            host ¦ 2130706433 ¦ expected a host name or an IP address, found "2130706433"
            host ¦ 0x7f000001 ¦ expected a host name or an IP address, found "0x7f000001"
            host ¦ wеb-01 ¦ expected a host name or an IP address in plain ASCII letters, found "w\\u{435}b-01"
            host ¦ http://web ¦ expected a host name or an IP address, found "http://web"
            ip ¦ 10.0.0.5\\u000a ¦ expected an IP address such as 192.0.2.10 or 2001:db8::1, found "10.0.0.5\\u000a"
            ip ¦ 010.0.0.1 ¦ expected an IP address such as 192.0.2.10 or 2001:db8::1, found "010.0.0.1"
            ip ¦ 1.2.3 ¦ expected an IP address such as 192.0.2.10 or 2001:db8::1, found "1.2.3"
            ip ¦ 1.2.3.4. ¦ expected an IP address such as 192.0.2.10 or 2001:db8::1, found "1.2.3.4."
            ip ¦ 1:2:3 ¦ expected an IP address such as 192.0.2.10 or 2001:db8::1, found "1:2:3"
            ip ¦ 1::2::3 ¦ expected an IP address such as 192.0.2.10 or 2001:db8::1, found "1::2::3"
            ip ¦ fe80::1%eth0 ¦ expected an IP address such as 192.0.2.10 or 2001:db8::1, found "fe80::1%eth0"
            ip ¦ 1:2:3:4:5:6:7:8:9 ¦ expected an IP address such as 192.0.2.10 or 2001:db8::1, found "1:2:3:4:5:6:7:8:9"
            cidr ¦ 10.0.0.0/33 ¦ expected a network such as 192.0.2.0/24, found "10.0.0.0/33"
            cidr ¦ 10.0.0.0 ¦ expected a network such as 192.0.2.0/24, found "10.0.0.0"
            port ¦ 0 ¦ expected a port from 1 to 65535, found "0"
            port ¦ 65536 ¦ expected a port from 1 to 65535, found "65536"
            url ¦ ftp://x/ ¦ expected an address that begins with http:// or https://, found "ftp://x/"
            url ¦ file:///etc/passwd ¦ expected an address that begins with http:// or https://, found "file:///etc/passwd"
            url ¦ http://u:p@h/ ¦ expected an address without user or password, found one with an @ before the host
            url ¦ http:///x ¦ expected an address that begins with http:// or https://, found "http:///x"
            url ¦ http://h:99999/ ¦ expected an address that begins with http:// or https://, found "http://h:99999/"
            url ¦ http://h/a b ¦ expected an address that begins with http:// or https://, found "http://h/a b"
            url ¦ http://exаmple.com ¦ expected an address that begins with http:// or https:// in plain ASCII letters, found "http://ex\\u{430}mple.com"
            path ¦ var/log ¦ expected an absolute path such as /var/log, found "var/log"
            path ¦ ~/x ¦ expected an absolute path such as /var/log, found "~/x"
            path ¦ /var/../etc ¦ expected a path without .. in it, found "/var/../etc"
            path ¦ /.. ¦ expected a path without .. in it, found "/.."
            path ¦ C:\\..\\x ¦ expected a path without .. in it, found "C:\\..\\x"
            service ¦ nginx; id ¦ expected a service name such as nginx, found "nginx; id"
            service ¦ ngınx ¦ expected a service name such as nginx in plain ASCII letters, found "ng\\u{131}nx"
            sql-identifier ¦ 1a ¦ expected an SQL name such as orders or shop.orders, found "1a"
            sql-identifier ¦ a;drop ¦ expected an SQL name such as orders or shop.orders, found "a;drop"
            target ¦ a/b ¦ expected the name of a target, found "a/b"
            secret ¦ /etc/shadow ¦ expected the name of a secret, found "/etc/shadow"
            """)
    void theseAreNotAndTheMessageSaysWhatIsExpected(String type, String value, String message) {
        assertThat(ParameterCheck.check(of(type), value))
                .isInstanceOfSatisfying(
                        ParameterCheck.Invalid.class,
                        invalid -> assertThat(invalid.message()).isEqualTo(message));
    }

    @Test
    void aLookAlikeLetterIsNamed() {
        assertThat(ParameterCheck.check(of("host"), "wеb-01"))
                .isEqualTo(new ParameterCheck.Invalid(
                        "expected a host name or an IP address in plain ASCII letters, found \"w\\u{435}b-01\"",
                        "Character 2 is \\u{435} (CYRILLIC SMALL LETTER IE), which can pass for another letter; type the name anew.",
                        List.of()));
    }

    @ParameterizedTest
    @EnumSource(ParameterType.class)
    void everyTypeRefusesWhatHidesWhatIsTooLongAndWhatLooksLikeAnOption(ParameterType type) {
        var parameter = of(type.word());
        for (String value :
                List.of("", "a\nb", "a\0", "/x\u001b[2J", "/x\u202e", "/\u200b", "-oProxyCommand=id", "--")) {
            assertThat(ParameterCheck.check(parameter, value))
                    .as("%s", value)
                    .isInstanceOf(ParameterCheck.Invalid.class);
        }
        assertThat(ParameterCheck.check(parameter, "/" + "a".repeat(100_000)))
                .isEqualTo(new ParameterCheck.Invalid(
                        "expected at most 1024 characters, found 100001", "Shorten the value.", List.of()));
        assertThat(ParameterCheck.check(parameter, List.of("x"))).isInstanceOf(ParameterCheck.Invalid.class);
        assertThat(ParameterCheck.check(parameter, 1.5)).isInstanceOf(ParameterCheck.Invalid.class);
    }

    @Test
    void allowedValuesRangesAndPatternsLimitAType() {
        assertThat(ParameterCheck.check(parameter(ParameterType.ENUM, List.of("cpu", "mem"), null, null, null), "memm"))
                .isEqualTo(new ParameterCheck.Invalid(
                        "expected one of cpu, mem, found \"memm\"", "Did you mean mem?", List.of("cpu", "mem")));
        assertThat(ParameterCheck.check(parameter(ParameterType.INTEGER, List.of(), null, 1L, 1000L), 0))
                .isEqualTo(new ParameterCheck.Invalid(
                        "expected a whole number from 1 to 1000, found \"0\"", "", List.of()));
        assertThat(ParameterCheck.check(parameter(ParameterType.DURATION, List.of(), null, 1L, 60L), "2m"))
                .isEqualTo(
                        new ParameterCheck.Invalid("expected a duration from 1s to 60s, found \"120\"", "", List.of()));
        assertThat(ParameterCheck.check(parameter(ParameterType.STRING, List.of(), "[a-z]+", null, null), "a1"))
                .isEqualTo(
                        new ParameterCheck.Invalid("expected text that matches [a-z]+, found \"a1\"", "", List.of()));
        assertThat(ParameterCheck.check(parameter(ParameterType.INTEGER, List.of(), null, -10L, 10L), -3))
                .isEqualTo(new ParameterCheck.Valid(-3L));
    }

    @Test
    @Timeout(10)
    void aPatternThatWouldTakeForEverIsCutShort() {
        for (String pattern : List.of("(a+)+b", "(a|aa)*c", "(.*a){20}b")) {
            assertThat(ParameterCheck.check(
                            parameter(ParameterType.STRING, List.of(), pattern, null, null), "a".repeat(1000)))
                    .as(pattern)
                    .isInstanceOf(ParameterCheck.Invalid.class);
        }
    }

    @Test
    void allProblemsOfAStepAreReported() {
        CatalogueEntry tool = ToolText.tool(ToolText.with(
                        "ssh",
                        "tail -n {lines} {path}",
                        "{name: path, type: path, required: true, description: The log file}",
                        "{name: lines, type: integer, default: 50, max: 1000}"))
                .catalogueEntry();

        assertThat(CheckedParameters.check(tool, Map.of("line", 5, "lines", "many")))
                .isEqualTo(new CheckedParameters.Refused(List.of(
                        new CheckedParameters.Problem(
                                "line",
                                CheckedParameters.Kind.UNKNOWN,
                                "t has no parameter \"line\"",
                                "Did you mean lines?",
                                List.of("lines")),
                        new CheckedParameters.Problem(
                                "path",
                                CheckedParameters.Kind.MISSING,
                                "t, path: expected an absolute path such as /var/log, found nothing",
                                "It is: The log file.",
                                List.of()),
                        new CheckedParameters.Problem(
                                "lines",
                                CheckedParameters.Kind.INVALID,
                                "t, lines: expected a whole number, found \"many\"",
                                "Write digits only, such as 50.",
                                List.of()))));
        assertThat(CheckedParameters.check(tool, Map.of("path", "/x")))
                .isEqualTo(new CheckedParameters.Accepted(Map.of("path", "/x", "lines", 50L)));
    }

    @Test
    void aFloodOfUnknownParametersGivesAShortAnswer() {
        Map<String, Object> given = new LinkedHashMap<>();
        for (int i = 0; i < 10_000; i++) {
            given.put("x".repeat(500) + i, "y");
        }
        CatalogueEntry tool = ToolText.tool(ToolText.with("ssh", "date")).catalogueEntry();
        assertThat(CheckedParameters.check(tool, given))
                .isInstanceOfSatisfying(CheckedParameters.Refused.class, refused -> {
                    assertThat(refused.problems()).hasSize(CheckedParameters.MAX_PROBLEMS);
                    assertThat(refused.problems().getFirst().message()).hasSizeLessThan(150);
                });
    }

    private static CatalogueEntry.Parameter of(String type) {
        return parameter(
                ParameterType.valueOf(type.toUpperCase(Locale.ROOT).replace('-', '_')), List.of(), null, null, null);
    }

    private static CatalogueEntry.Parameter parameter(
            ParameterType type,
            List<String> allowed,
            @Nullable String pattern,
            @Nullable Long min,
            @Nullable Long max) {
        return new CatalogueEntry.Parameter("p", "", type, true, null, allowed, pattern, min, max, false);
    }
}
