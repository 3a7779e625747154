package io.opsconductor.tool;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsconductor.yaml.Finding;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class HostileYamlTest {
    private final ToolFileParser parser = new ToolFileParser();

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            `` ~ t.yaml:1:1: expected a YAML document, found an empty file
            `# only a comment` ~ t.yaml:1:1: expected a YAML document, found an empty file
            `- a\\n- b` ~ t.yaml:1:1: expected a mapping, found a list
            `just text` ~ t.yaml:1:1: expected a mapping, found "just text"
            `name: x\\n\\tdescription: d` ~ t.yaml:2:1: expected valid YAML, found character '\\t(tab)' that cannot start any token. Indent with spaces; YAML takes no tabs there.
            `name: x\\ndescription: check: it` ~ t.yaml:2:19: expected valid YAML, found mapping values are not allowed here. Quote the text if it contains a colon and a space; otherwise check the indentation.
            `name: x\\ndescription: "open` ~ t.yaml:2:14: expected valid YAML, found unexpected end of stream. Close the quote or bracket that begins here.
            `name: @x` ~ t.yaml:1:7: expected valid YAML, found character '@' that cannot start any token. Quote the text: it begins with a character that means something to YAML.
            `name: &a x` ~ t.yaml:1:7: name: expected a value, found the anchor &a. Remove it; files hold no anchors.
            `name: *a` ~ t.yaml:1:7: name: expected a value, found the alias *a. Write the value itself.
            `*a : x` ~ t.yaml:1:1: expected a plain word as key, found an alias. Quote the text if it begins with { or [.
            `{a: b}: c` ~ t.yaml:1:1: expected a plain word as key, found a list or mapping. Quote the text if it begins with { or [.
            `name: !!javax.script.ScriptEngineManager [x]` ~ t.yaml:1:7: name: expected a value, found the tag "tag:yaml.org,2002:javax.script.ScriptEngineManager". Remove it; files hold no tags. Quote the text if it begins with !.
            `name: a\\u202Eb` ~ t.yaml:1:8: expected characters that can be seen, found \\u{202E}. Remove it; approvers must see everything that they approve.
            `name:\\u00A0x` ~ t.yaml:1:6: expected characters that can be seen, found \\u{A0}. Put a plain space there.
            `name: a\\u0000b` ~ t.yaml:1:8: expected characters that can be seen, found \\u{0}. Remove it; approvers must see everything that they approve.
            """)
    void eachIsOneErrorWithItsPlace(String yaml, String error) {
        assertThat(texts(bytes(unescape(yaml == null ? "" : yaml)))).containsExactly(error);
    }

    @Test
    void aDuplicateKeyNamesBothPlaces() {
        assertThat(texts(bytes(ToolText.with("ssh", "date") + "name: u\n")))
                .containsExactly(
                        "t.yaml:6:1: name: expected each key once, found \"name\" again (first at 1:1). Remove one of them.");
    }

    @Test
    void aSecondDocumentIsRefused() {
        assertThat(texts(bytes(ToolText.with("ssh", "date") + "---\nname: u\n")))
                .containsExactly("t.yaml:6:1: expected one document, found a second one. Keep one document in a file.");
    }

    @Test
    void hiddenCharactersWrittenAsEscapesAreRefusedToo() {
        String yaml = """
                name: t
                description: "a\\u202eb\\0"
                execution: {method: ssh}
                command_template: "ls\\u200b"
                """;
        assertThat(texts(bytes(yaml)))
                .containsExactly(
                        "t.yaml:2:14: description: expected characters that can be seen, found \\u{202E}, written as an escape. Remove it; approvers must see everything that they approve.",
                        "t.yaml:4:19: command_template: expected characters that can be seen, found \\u{200B}, written as an escape. Remove it; approvers must see everything that they approve.");
    }

    @Test
    void billionLaughsEndAtTheFirstAnchor() {
        StringBuilder yaml = new StringBuilder("a: &a [lol, lol]\n");
        for (char c = 'b'; c <= 'z'; c++) {
            yaml.append("%c: &%c [*%c, *%c, *%c]%n".formatted(c, c, c - 1, c - 1, c - 1));
        }
        assertThat(texts(bytes(yaml.toString())))
                .containsExactly(
                        "t.yaml:1:4: a: expected a value, found the anchor &a. Remove it; files hold no anchors.");
    }

    @Test
    void deepNestingEndsAtTheBound() {
        assertThat(texts(bytes("name: " + "[".repeat(30_000))))
                .containsExactly(
                        "t.yaml:1:17: name[0][0][0][0][0][0][0][0][0][0]: expected at most 10 levels of nesting, found more");
        assertThat(texts(bytes("{a: ".repeat(15_000))))
                .singleElement()
                .asString()
                .contains("10 levels of nesting");
    }

    @Test
    void manyValuesEndAtTheBound() {
        assertThat(texts(bytes("examples: [" + "a,".repeat(20_000) + "]")))
                .containsExactly("t.yaml:1:4008: expected at most 2000 values, found more. Split the file.");
    }

    @Test
    void aLargeFileIsRefusedUnread() {
        assertThat(texts(new byte[10 * 1024 * 1024]))
                .containsExactly(
                        "t.yaml:1:1: expected at most 65536 bytes, found more. Split the file, or check that it is the right one.");
    }

    @Test
    void bytesThatAreNotUtf8NameTheirPlace() {
        assertThat(texts(new byte[] {'a', ':', ' ', 'b', '\n', 'c', ':', ' ', (byte) 0xff}))
                .containsExactly("t.yaml:2:4: expected UTF-8 text, found bytes that are not. Save the file as UTF-8.");
    }

    @Test
    void aByteOrderMarkAndWindowsLineEndsDoNoHarm() {
        String yaml = "\uFEFF" + ToolText.with("ssh", "date").replace("\n", "\r\n");
        assertThat(texts(bytes(yaml))).isEmpty();
    }

    @Test
    void randomDamageNeverEscapesAsAnException() {
        byte[] good = bytes("""
                name: t
                description: "d"
                execution: {method: ssh}
                parameters:
                  - name: path
                    type: path
                    default: /
                command_template: ls '-l' {path} | head -n 5
                examples: [a, b, c]
                """);
        Random random = new Random(42);
        String alphabet = "{}[]:,&*!|>'\"%@`#-?~ \n\t\\\u0000\u00ff0axé";
        long start = System.nanoTime();
        for (int round = 0; round < 3_000; round++) {
            StringBuilder text = new StringBuilder(new String(good, StandardCharsets.UTF_8));
            for (int edits = 1 + random.nextInt(4); edits > 0; edits--) {
                int at = random.nextInt(text.length());
                char c = alphabet.charAt(random.nextInt(alphabet.length()));
                if (random.nextBoolean()) {
                    text.insert(at, c);
                } else {
                    text.setCharAt(at, c);
                }
            }
            var parsed = parser.parse(Path.of("t.yaml"), bytes(text.toString()));
            assertThat(parsed.tool() == null)
                    .isEqualTo(parsed.findings().stream().anyMatch(Finding::isError));
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(25));
    }

    private List<String> texts(byte[] yaml) {
        List<String> texts = new ArrayList<>();
        for (Finding finding : parser.parse(Path.of("t.yaml"), yaml).findings()) {
            if (finding.isError()) {
                texts.add(finding.text());
            }
        }
        return texts;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String unescape(String text) {
        return text.replace("\\n", "\n")
                .replace("\\t", "\t")
                .replace("\\u202E", "\u202e")
                .replace("\\u00A0", "\u00a0")
                .replace("\\u0000", "\0");
    }
}
