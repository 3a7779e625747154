package io.opsconductor.kit.log;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import io.opsconductor.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One JSON object per line: time, level, process, logger, conversation, execution, trace_id, span_id, message, error. */
public final class JsonLineEncoder extends EncoderBase<ILoggingEvent> {
    /** Of lines that are written within a trace. */
    private static final List<String> TRACE = List.of("trace_id", "span_id");

    private final ThrowableProxyConverter throwable = new ThrowableProxyConverter();
    private String process = "";

    /** Which process writes; set from logback.xml. */
    public void setProcess(String process) {
        this.process = process;
    }

    @Override
    public void start() {
        throwable.start();
        super.start();
    }

    @Override
    public byte[] headerBytes() {
        return new byte[0];
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        Map<String, String> context = event.getMDCPropertyMap();
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("time", event.getInstant());
        line.put("level", event.getLevel().toString());
        line.put("process", process);
        line.put("logger", event.getLoggerName());
        line.put("conversation", context.getOrDefault("conversation", ""));
        line.put("execution", context.getOrDefault("execution", ""));
        for (String id : TRACE) {
            String value = context.get(id);
            if (value != null) {
                line.put(id, value);
            }
        }
        line.put("message", event.getFormattedMessage());
        if (event.getThrowableProxy() != null) {
            line.put("error", throwable.convert(event));
        }
        return (Json.write(line) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] footerBytes() {
        return new byte[0];
    }
}
