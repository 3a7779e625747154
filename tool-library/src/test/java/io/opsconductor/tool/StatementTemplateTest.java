package io.opsconductor.tool;

import static io.opsconductor.tool.ToolText.errors;
import static io.opsconductor.tool.ToolText.tool;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opsconductor.plan.RenderedCommand;
import io.opsconductor.plan.RenderedCommand.Bind;
import io.opsconductor.plan.RenderedCommand.BindKind;
import io.opsconductor.tool.CommandRendering.Surroundings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementTemplateTest {
    private static final String HEAD = """
            name: t
            description: d
            effect: read
            execution: {method: database}
            parameters:
              - {name: a, required: true}
              - {name: n, type: integer}
              - {name: tab, type: sql-identifier, default: shop.orders}
            """;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x'; drop table orders; --",
                "' or '1'='1",
                "\" or \"\"=\"",
                "x; select pg_sleep(10)",
                "?",
                "{n}",
                "\\'; delete from orders #",
                "it's naïve 日本"
            })
    void aValueIsBoundWhateverItHolds(String value) {
        ToolDefinition tool = tool(HEAD + "query: select * from {tab} where a = {a} and n = {n};\nmax_rows: 5\n");

        assertThat(CommandRendering.render(tool, Map.of("a", value)))
                .isEqualTo(new RenderedCommand.Statement(
                        "select * from \"shop\".\"orders\" where a = ? and n = ?",
                        List.of(new Bind("a", BindKind.TEXT, value), new Bind("n", BindKind.INTEGER, null)),
                        true,
                        5));
    }

    @Test
    void aNameIsQuotedAsTheDatabaseQuotesNames() {
        ToolDefinition tool = tool(HEAD + "query: select {a}, {n} from {tab}\n");

        RenderedCommand rendered =
                CommandRendering.render(tool, Map.of("a", "x", "n", 3L, "tab", "select"), new Surroundings("", '`'));

        assertThat(rendered).isInstanceOfSatisfying(RenderedCommand.Statement.class, statement -> {
            assertThat(statement.sql()).isEqualTo("select ?, ? from `select`");
            assertThat(statement.values())
                    .containsExactly(new Bind("a", BindKind.TEXT, "x"), new Bind("n", BindKind.INTEGER, "3"));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"x\"; drop table y", "x`y", "a.b.c.d", "x y", "tablе"})
    void aNameThatIsNoneIsRefused(String name) {
        ToolDefinition tool = tool(HEAD + "query: select {a}, {n} from {tab}\n");

        assertThat(CheckedParameters.check(tool.catalogueEntry(), Map.of("a", "x", "tab", name)))
                .isInstanceOf(CheckedParameters.Refused.class);
        assertThatThrownBy(() -> CommandRendering.render(tool, Map.of("a", "x", "tab", name)))
                .isInstanceOf(RenderingException.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
            select 1; select 2                     ¦ 9:16: query: expected exactly one statement, found a semicolon. Make a tool of each statement.
            begin; set transaction read write      ¦ 9:13: query: expected exactly one statement, found a semicolon. Make a tool of each statement.
            select '{a}'                           ¦ 9:16: query: expected no value inside quotes, found {a}. Write {a} without quotes; it is bound as a value.
            select "{tab}"                         ¦ 9:16: query: expected no value inside quotes, found {tab}. Write {tab} without quotes; it is bound as a value, or quoted as a name when its type is sql-identifier.
            select ?                               ¦ 9:15: query: expected a statement that every database reads alike, found a question mark. Write {parameter} where a value goes.
            select $$x$$                           ¦ 9:15: query: expected a statement that every database reads alike, found a dollar quote. Use single quotes.
            select 'a\\'' or 1                     ¦ 9:17: query: expected a statement that every database reads alike, found a backslash in quotes, which databases read differently. Make the text a parameter, or build it with chr().
            select /*!50000 1 */                   ¦ 9:15: query: expected a statement that every database reads alike, found a comment that some databases run. Remove it.
            select 'x                              ¦ 9:15: query: expected a statement that every database reads alike, found a quote that is never closed. Close it.
            select {b}                             ¦ 9:15: query: expected the name of a declared parameter between braces, found "{b}". Write {a}, or write {{b}} for the text {b} itself.
            delete from orders                     ¦ 9:8: query: expected a statement that only looks beside effect read, found one that begins with "delete". Write "effect: change" or "effect: destroy".
            set transaction read write             ¦ 9:8: query: expected a statement that only looks beside effect read, found one that begins with "set". Write "effect: change" or "effect: destroy".
            select 1 into outfile 'x'              ¦ 9:8: query: expected a statement that only looks beside effect read, found one that writes a file
            """)
    void aMistakeIsNamedWhereItStands(String query, String expected) {
        assertThat(errors(HEAD + "query: " + query.replace("\\\\", "\\") + "\n"))
                .anySatisfy(e -> assertThat(e).isEqualTo("t.yaml:" + expected));
    }

    @Test
    void aSemicolonInQuotesOrACommentEndsNothing() {
        assertThat(errors(HEAD + "query: select ';', {a}, {n}, {tab} /* ; */ -- ;\n"))
                .isEmpty();
    }

    @Test
    void aStatementThatChangesNeedsItsEffect() {
        String change = HEAD.replace("effect: read", "effect: change");

        assertThat(errors(change + "query: delete from {tab} where a = {a} and n = {n}\n"))
                .isEmpty();
    }

    @Test
    void rowsBelongToDatabaseToolsOnly() {
        assertThat(errors(ToolText.with("ssh", "date") + "max_rows: 5\n"))
                .containsExactly("t.yaml:6:11: max_rows: expected max_rows beside method database only, found it beside"
                        + " ssh. Remove it.");
    }
}
