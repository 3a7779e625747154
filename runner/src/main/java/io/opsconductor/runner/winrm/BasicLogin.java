package io.opsconductor.runner.winrm;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Account and password with each message; for TLS only, which keeps them from others. */
final class BasicLogin implements Login {
    private final String authorization;

    BasicLogin(Account account) {
        byte[] both = (account.name() + ":" + account.password()).getBytes(StandardCharsets.UTF_8);
        this.authorization = "Basic " + Base64.getEncoder().encodeToString(both);
    }

    @Override
    public void greet(Wire wire) {
        if (!wire.isSecret()) {
            throw new IllegalArgumentException("Basic would show the password");
        }
    }

    @Override
    public Wire.Request guard(byte[] soap) {
        return Wire.Request.soap(authorization, soap);
    }

    @Override
    public byte[] open(Wire.Answer answer) {
        return answer.body();
    }
}
