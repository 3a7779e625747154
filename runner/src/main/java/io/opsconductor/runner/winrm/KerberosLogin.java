package io.opsconductor.runner.winrm;

import io.opsconductor.runner.winrm.WinRmException.Kind;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionException;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.Configuration;
import javax.security.auth.login.LoginContext;
import javax.security.auth.login.LoginException;
import org.ietf.jgss.GSSContext;
import org.ietf.jgss.GSSCredential;
import org.ietf.jgss.GSSException;
import org.ietf.jgss.GSSManager;
import org.ietf.jgss.GSSName;
import org.ietf.jgss.MessageProp;
import org.ietf.jgss.Oid;
import org.jspecify.annotations.Nullable;

/**
 * Kerberos through SPNEGO, with a ticket got by the account's password. Realms and their key centres are those of the
 * runner's krb5.conf. Over plain HTTP every message is sealed.
 */
final class KerberosLogin implements Login {
    private static final String SPNEGO = "1.3.6.1.5.5.2";

    private final Account account;
    private @Nullable GSSContext context;
    private boolean seals;

    KerberosLogin(Account account) {
        this.account = account;
    }

    @Override
    public void greet(Wire wire) throws WinRmException, IOException {
        Subject subject = ticket();
        try {
            GSSContext made =
                    Subject.callAs(subject, () -> context(wire.destination().host()));
            wire.certificate().map(ChannelBinding::of).ifPresent(binding -> bind(made, binding));
            byte[] token = new byte[0];
            while (true) {
                byte[] input = token;
                byte[] ours = Subject.callAs(subject, () -> made.initSecContext(input, 0, input.length));
                if (made.isEstablished() && (ours == null || ours.length == 0)) {
                    break;
                }
                Wire.Answer answer = wire.send(
                        Wire.Request.soap("Negotiate " + Base64.getEncoder().encodeToString(ours), new byte[0]));
                if (answer.status() == 403) {
                    throw new WinRmException(Kind.NOT_ALLOWED, "");
                }
                token = Challenges.token(answer.challenges());
                if (token.length == 0) {
                    if (made.isEstablished() && answer.status() != 401) {
                        break;
                    }
                    throw answer.status() == 401
                            ? Challenges.refused(answer.challenges(), "Negotiate")
                            : new WinRmException(Kind.STATUS, String.valueOf(answer.status()));
                }
                if (made.isEstablished()) {
                    break;
                }
            }
            if (!made.getMutualAuthState() || (!wire.isSecret() && !made.getConfState())) {
                throw new WinRmException(Kind.NOT_SEALED, "without proof of who it is");
            }
            context = made;
            seals = !wire.isSecret();
        } catch (CompletionException e) {
            throw new WinRmException(Kind.LOGIN_NOT_MADE, words(e), e);
        }
    }

    private static void bind(GSSContext context, byte[] applicationData) {
        try {
            context.setChannelBinding(new org.ietf.jgss.ChannelBinding(applicationData));
        } catch (GSSException e) {
            throw new CompletionException(e);
        }
    }

    private static GSSContext context(String host) throws GSSException {
        GSSManager manager = GSSManager.getInstance();
        Oid spnego = new Oid(SPNEGO);
        GSSCredential credential =
                manager.createCredential(null, GSSCredential.DEFAULT_LIFETIME, spnego, GSSCredential.INITIATE_ONLY);
        GSSContext context = manager.createContext(
                manager.createName("HTTP@" + host, GSSName.NT_HOSTBASED_SERVICE),
                spnego,
                credential,
                GSSContext.DEFAULT_LIFETIME);
        context.requestMutualAuth(true);
        context.requestConf(true);
        context.requestInteg(true);
        context.requestCredDeleg(false);
        return context;
    }

    private Subject ticket() throws WinRmException {
        String principal = account.domain().isEmpty()
                ? account.name()
                : account.user() + "@" + account.domain().toUpperCase(Locale.ROOT);
        Subject subject = new Subject();
        try {
            new LoginContext("winrm", subject, new Answers(principal, account.password()), new OnlyPassword()).login();
            return subject;
        } catch (LoginException e) {
            String words = words(e);
            boolean wrong = words.contains("Pre-authentication") || words.contains("Checksum failed");
            throw wrong
                    ? new WinRmException(Kind.LOGIN_REFUSED, "", e)
                    : new WinRmException(Kind.LOGIN_NOT_MADE, words, e);
        }
    }

    private static String words(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage()).strip();
    }

    @Override
    public Wire.Request guard(byte[] soap) throws WinRmException {
        if (!seals || context == null) {
            return Wire.Request.soap("", soap);
        }
        try {
            byte[] token = context.wrap(soap, 0, soap.length, new MessageProp(0, true));
            return SealedMessage.of(soap.length, KerberosToken.split(token));
        } catch (GSSException e) {
            throw new WinRmException(Kind.NOT_SEALED, "without a key to seal with", e);
        }
    }

    @Override
    public byte[] open(Wire.Answer answer) throws WinRmException {
        if (!seals || context == null) {
            return answer.body();
        }
        SealedMessage.Parts parts = SealedMessage.parts(answer);
        byte[] token = Arrays.copyOf(parts.token(), parts.token().length + parts.sealed().length);
        System.arraycopy(parts.sealed(), 0, token, parts.token().length, parts.sealed().length);
        try {
            MessageProp properties = new MessageProp(0, true);
            byte[] message = context.unwrap(token, 0, token.length, properties);
            if (!properties.getPrivacy()) {
                throw new WinRmException(Kind.NOT_SEALED, "in the clear");
            }
            return message;
        } catch (GSSException e) {
            throw new WinRmException(Kind.NOT_SEALED, "with a wrong signature", e);
        }
    }

    /** Gives the login module what it asks for. */
    private record Answers(String principal, String password) implements CallbackHandler {
        @Override
        public void handle(Callback[] callbacks) {
            for (Callback callback : callbacks) {
                switch (callback) {
                    case NameCallback name -> name.setName(principal);
                    case PasswordCallback secret -> secret.setPassword(password.toCharArray());
                    // It asks for nothing else.
                    default -> {}
                }
            }
        }
    }

    /** The JDK's Kerberos login, with the password and nothing that lies on this machine. */
    private static final class OnlyPassword extends Configuration {
        @Override
        public AppConfigurationEntry[] getAppConfigurationEntry(String name) {
            return new AppConfigurationEntry[] {
                new AppConfigurationEntry(
                        "com.sun.security.auth.module.Krb5LoginModule",
                        AppConfigurationEntry.LoginModuleControlFlag.REQUIRED,
                        Map.of("useTicketCache", "false", "useKeyTab", "false", "isInitiator", "true"))
            };
        }
    }
}
