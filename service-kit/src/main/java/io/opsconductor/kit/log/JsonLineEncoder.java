package io.opsconductor.kit.log;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import io.opsconductor.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** One JSON object per line: time, level, process, logger, conversation, execution, message, error. */
public final class JsonLineEncoder extends EncoderBase<ILoggingEvent> {
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
