package io.opsconductor.runner.inventory;

import io.opsconductor.runner.credential.Credential;
import io.opsconductor.runner.credential.CredentialSource;
import io.opsconductor.runner.credential.SecretSource;
import io.opsconductor.runner.file.YamlValue;
import io.opsconductor.yaml.Finding;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the credentials section of an inventory: references only, never a secret. */
final class CredentialReader {
    private static final Pattern ACCOUNT = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._@\\\\$-]{0,127}");
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");

    private static final Pattern HEADER =
            Pattern.compile("(?i)(?!(?:host|connection|content-length|transfer-encoding)$)[A-Za-z0-9-]{1,64}");
    private static final List<String> KEYS = List.of(
            "type", "account", "private_key", "passphrase", "password", "token", "header", "value", "certificate");

    private final List<Finding> warnings;
    private final Map<String, Credential> credentials = new LinkedHashMap<>();

    CredentialReader(List<Finding> warnings) {
        this.warnings = warnings;
    }

    @Nullable
    Credential named(String name) {
        return credentials.get(name);
    }

    Set<String> names() {
        return credentials.keySet();
    }

    void read(String name, YamlValue value) {
        if (!Forms.NAME.matcher(name).matches()) {
            value.mistake("expected " + Forms.NAME_FORM + " as the credential's name, found something else", "");
        }
        Map<String, YamlValue> fields = value.fields(KEYS);
        YamlValue typeValue = value.required(fields, "type", "type: ssh-key");
        String type = typeValue == null ? null : typeValue.text();
        Credential credential = switch (type == null ? "" : type) {
            case "ssh-key" -> {
                only(fields, "ssh-key", "account", "private_key", "passphrase");
                String account = account(value, fields);
                SecretSource key = secret(value, fields, "private_key", "private_key: { file: keys/id_ed25519 }");
                YamlValue passphrase = fields.get("passphrase");
                SecretSource phrase = passphrase == null ? null : readSource(passphrase);
                yield account == null || key == null ? null : new Credential.SshKey(name, account, key, phrase);
            }
            case "password" -> {
                only(fields, "password", "account", "password");
                String account = account(value, fields);
                SecretSource source = secret(value, fields, "password", "password: { file: secrets/ops }");
                yield account == null || source == null ? null : new Credential.Password(name, account, source);
            }
            case "bearer" -> {
                only(fields, "bearer", "token");
                SecretSource token = secret(value, fields, "token", "token: { file: secrets/api-token }");
                yield token == null ? null : new Credential.Bearer(name, token);
            }
            case "header" -> {
                only(fields, "header", "header", "value");
                YamlValue headerValue = value.required(fields, "header", "header: X-Api-Key");
                String header = headerValue == null ? null : Forms.matching(headerValue, HEADER, "a header's name");
                SecretSource source = secret(value, fields, "value", "value: { file: secrets/api-key }");
                yield header == null || source == null ? null : new Credential.SecretHeader(name, header, source);
            }
            case "client-certificate" -> {
                only(fields, "client-certificate", "certificate", "private_key");
                SecretSource certificate =
                        secret(value, fields, "certificate", "certificate: { file: tls/client.pem }");
                SecretSource key = secret(value, fields, "private_key", "private_key: { file: tls/client-key.pem }");
                yield certificate == null || key == null
                        ? null
                        : new Credential.ClientCertificate(name, certificate, key);
            }
            default -> {
                if (typeValue != null) {
                    typeValue.mistake(
                            "expected ssh-key, password, bearer, header or client-certificate, found something else",
                            "");
                }
                yield null;
            }
        };
        if (credentials.containsKey(name)) {
            value.mistake("expected each credential once, found one that another file describes", "Keep one.");
        } else if (credential != null) {
            credentials.put(name, credential);
        } else {
            // Known by name, so that targets that use it are not reported as well.
            credentials.put(name, new Credential.Password(name, "", new SecretSource.InEnvironment("")));
        }
    }

    private static @Nullable String account(YamlValue value, Map<String, YamlValue> fields) {
        YamlValue account = value.required(fields, "account", "account: deploy");
        return account == null ? null : Forms.matching(account, ACCOUNT, "an account name");
    }

    private @Nullable SecretSource secret(YamlValue value, Map<String, YamlValue> fields, String key, String example) {
        YamlValue source = value.required(fields, key, example);
        return source == null ? null : readSource(source);
    }

    private static void only(Map<String, YamlValue> fields, String type, String... used) {
        fields.forEach((key, value) -> {
            if (!key.equals("type") && !List.of(used).contains(key)) {
                value.mistake("expected no such key in a credential of type " + type + ", found one", "Remove it.");
            }
        });
    }

    private @Nullable SecretSource readSource(YamlValue value) {
        if (!value.isMapping()) {
            value.mistake(
                    "expected a reference, found what may be the secret itself",
                    "Put the secret into a file that only the runner can read and write { file: PATH } here, or"
                            + " { env: NAME } for an environment variable; if it was a real secret, change it.");
            return null;
        }
        Map<String, YamlValue> fields = value.fields(List.of("file", "env", "age"));
        if (fields.size() != 1) {
            value.mistake(
                    "expected one of file, env and age, found " + (fields.isEmpty() ? "none" : "several"),
                    "Write { file: keys/id_ed25519 }.");
            return null;
        }
        YamlValue variable = fields.get("env");
        if (variable != null) {
            String name = Forms.matching(variable, VARIABLE, "the name of an environment variable");
            return name == null ? null : new SecretSource.InEnvironment(name);
        }
        YamlValue encrypted = fields.get("age");
        YamlValue file = encrypted == null ? fields.get("file") : encrypted;
        String path = file == null ? null : file.text();
        if (path == null) {
            return null;
        }
        Path beside = Forms.beside(value, path);
        SecretSource source = encrypted == null ? new SecretSource.InFile(beside) : new SecretSource.InAgeFile(beside);
        CredentialSource.permissionWarning(source).ifPresent(warning -> warnings.add(value.notice(warning, "")));
        return source;
    }
}
