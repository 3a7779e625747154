package io.opsconductor.runner.inventory;

import io.opsconductor.runner.credential.Credential;
import io.opsconductor.runner.file.YamlValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what a target says about the hosts on the way to it and about sudo. */
final class SshReader {
    private static final Pattern ACCOUNT = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,31}");

    private final Function<YamlValue, @Nullable Credential> credentials;

    /** @param credentials finds a credential by its name, or reports the mistake */
    SshReader(Function<YamlValue, @Nullable Credential> credentials) {
        this.credentials = credentials;
    }

    /** The hosts on the way; null when the value is. */
    @Nullable
    List<Jump> jump(@Nullable YamlValue value) {
        if (value == null) {
            return null;
        }
        List<Jump> jumps = new ArrayList<>();
        for (YamlValue item : value.isScalar() ? List.of(value) : value.items(Jumps.MOST)) {
            Jump jump = item.isMapping() ? address(item) : target(item);
            if (jump != null) {
                jumps.add(jump);
            }
        }
        return jumps;
    }

    private static @Nullable Jump target(YamlValue item) {
        String name = item.text();
        return name == null ? null : new Jump.ToTarget(name, item::mistake);
    }

    private @Nullable Jump address(YamlValue item) {
        Map<String, YamlValue> fields = item.fields(List.of("address", "port", "credential"));
        YamlValue addressValue = item.required(fields, "address", "address: 192.0.2.1");
        String address = addressValue == null
                ? null
                : Forms.matching(addressValue, InventoryReader.ADDRESS, "a host name or an IP address, without a port");
        YamlValue portValue = fields.get("port");
        Integer port = portValue == null ? Integer.valueOf(22) : portValue.integer(1, 65_535);
        YamlValue login = fields.get("credential");
        Credential credential = login == null ? null : credentials.apply(login);
        if (login != null && credential != null && !credential.isForSsh()) {
            login.mistake("expected a credential of type ssh-key or password, found one of another type", "");
        }
        return address == null || port == null ? null : new Jump.ToAddress(address, port, credential, item::mistake);
    }

    /** How commands become another account; null when the value is. */
    @Nullable
    Sudo sudo(@Nullable YamlValue value) {
        if (value == null) {
            return null;
        }
        if (!value.isMapping()) {
            Boolean always = value.truth();
            return new Sudo(Boolean.TRUE.equals(always), Sudo.ON_REQUEST.account(), null);
        }
        Map<String, YamlValue> fields = value.fields(List.of("always", "account", "password"));
        YamlValue alwaysValue = fields.get("always");
        boolean always = alwaysValue != null && Boolean.TRUE.equals(alwaysValue.truth());
        YamlValue accountValue = fields.get("account");
        String account = accountValue == null
                ? Sudo.ON_REQUEST.account()
                : Forms.matching(accountValue, ACCOUNT, "the name of an account");
        YamlValue passwordValue = fields.get("password");
        Credential password = passwordValue == null ? null : credentials.apply(passwordValue);
        if (passwordValue != null && password != null && !(password instanceof Credential.Password)) {
            passwordValue.mistake("expected a credential of type password, found one of another type", "");
        }
        return new Sudo(
                always,
                account == null ? Sudo.ON_REQUEST.account() : account,
                password instanceof Credential.Password secret ? secret : null);
    }
}
