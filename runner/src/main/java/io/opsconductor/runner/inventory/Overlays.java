package io.opsconductor.runner.inventory;

import io.opsconductor.runner.credential.Credential;
import io.opsconductor.runner.file.YamlValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the entries of the section {@code ansible}. */
final class Overlays {
    private static final int MAX_SOURCES = 100;
    private static final List<String> SAID = List.of("environment", "platform", "credential", "labels", "jump", "sudo");
    private static final List<String> KEYS =
            List.of("include", "environment", "platform", "credential", "labels", "jump", "sudo", "groups", "hosts");

    private final Function<YamlValue, @Nullable Credential> credentials;
    private final SshReader ssh;

    /**
     * @param credentials finds a credential by its name, and reports an unknown one
     */
    Overlays(Function<YamlValue, @Nullable Credential> credentials, SshReader ssh) {
        this.credentials = credentials;
        this.ssh = ssh;
    }

    /** One entry; null when it names no inventory, which was reported. */
    @Nullable
    Overlay read(YamlValue value) {
        Map<String, YamlValue> fields = value.fields(KEYS);
        YamlValue include = value.required(fields, "include", "include: hosts.ini");
        if (include == null) {
            return null;
        }
        List<Path> sources = new ArrayList<>();
        if (include.isScalar()) {
            String text = include.text();
            if (text != null) {
                sources.add(Forms.beside(include, text));
            }
        } else {
            include.texts(MAX_SOURCES).forEach(text -> sources.add(Forms.beside(include, text)));
        }
        if (sources.isEmpty()) {
            return null;
        }
        return new Overlay(sources, said(value, fields), named(fields.get("groups")), named(fields.get("hosts")));
    }

    private Map<String, Overlay.Said> named(@Nullable YamlValue value) {
        Map<String, Overlay.Said> said = new LinkedHashMap<>();
        (value == null ? Map.<String, YamlValue>of() : value.entries())
                .forEach((name, entry) -> said.put(name, said(entry, entry.fields(SAID))));
        return said;
    }

    private Overlay.Said said(YamlValue value, Map<String, YamlValue> fields) {
        return new Overlay.Said(
                name(fields, "environment"),
                name(fields, "platform"),
                credential(fields.get("credential")),
                InventoryReader.readLabels(fields.get("labels")),
                ssh.jump(fields.get("jump")),
                ssh.sudo(fields.get("sudo")),
                value::mistake);
    }

    private @Nullable Credential credential(@Nullable YamlValue value) {
        Credential credential = value == null ? null : credentials.apply(value);
        if (value != null && credential != null && !credential.isForSsh()) {
            value.mistake("expected a credential of type ssh-key or password, found one of another type", "");
        }
        return credential;
    }

    private static @Nullable String name(Map<String, YamlValue> fields, String key) {
        YamlValue value = fields.get(key);
        return value == null ? null : Forms.matching(value, Forms.NAME, Forms.NAME_FORM);
    }
}
