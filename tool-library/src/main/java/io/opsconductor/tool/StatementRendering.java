package io.opsconductor.tool;

import io.opsconductor.plan.Effect;
import io.opsconductor.plan.RenderedCommand;
import io.opsconductor.plan.RenderedCommand.Bind;
import io.opsconductor.plan.RenderedCommand.BindKind;
import io.opsconductor.tool.CommandTemplate.Literal;
import io.opsconductor.tool.CommandTemplate.Placeholder;
import java.util.ArrayList;
import java.util.List;

/** Turns a statement's template and values into the text with question marks and what is bound to them. */
final class StatementRendering {
    private final ToolDefinition tool;
    private final RenderedValues values;

    StatementRendering(ToolDefinition tool, RenderedValues values) {
        this.tool = tool;
        this.values = values;
    }

    RenderedCommand.Statement render(CommandTemplate.Statement template, char nameQuote) {
        StringBuilder sql = new StringBuilder();
        List<Bind> binds = new ArrayList<>();
        for (CommandTemplate.Part part : template.parts()) {
            switch (part) {
                case Literal(String text) -> sql.append(text);
                case Placeholder placeholder -> {
                    CatalogueEntry.Parameter parameter = values.parameter(placeholder.parameter());
                    if (parameter.type() == ParameterType.SQL_IDENTIFIER) {
                        sql.append(quotedName(parameter.name(), nameQuote));
                    } else {
                        sql.append('?');
                        binds.add(bind(parameter));
                    }
                }
            }
        }
        return new RenderedCommand.Statement(sql.toString(), binds, tool.effect() == Effect.READ, template.maxRows());
    }

    /** Its form has letters, digits, underscores and dots only, so there is no quote in it to end the name. */
    private String quotedName(String parameter, char quote) {
        String name = values.text(parameter);
        if (!(ParameterForms.check(ParameterType.SQL_IDENTIFIER, name) instanceof ParameterCheck.Valid)) {
            throw values.refused(parameter, "it is not an SQL name");
        }
        return quote + name.replace(".", quote + "." + quote) + quote;
    }

    private Bind bind(CatalogueEntry.Parameter parameter) {
        BindKind kind = switch (parameter.type()) {
            case INTEGER, PORT, DURATION -> BindKind.INTEGER;
            case BOOLEAN -> BindKind.BOOLEAN;
            case STRING, ENUM, HOST, IP, CIDR, URL, PATH, SERVICE, SQL_IDENTIFIER, TARGET, SECRET -> BindKind.TEXT;
        };
        return new Bind(
                parameter.name(), kind, values.isAbsent(parameter.name()) ? null : values.text(parameter.name()));
    }
}
