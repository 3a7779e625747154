package io.opsconductor.runner.winrm;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletionException;
import javax.security.auth.Subject;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.Configuration;
import javax.security.auth.login.LoginContext;
import javax.security.auth.login.LoginException;
import org.ietf.jgss.GSSContext;
import org.ietf.jgss.GSSCredential;
import org.ietf.jgss.GSSException;
import org.ietf.jgss.GSSManager;
import org.ietf.jgss.MessageProp;
import org.ietf.jgss.Oid;
import org.jspecify.annotations.Nullable;

/** The server's side of Kerberos for a counterpart, by the JDK's own acceptor and a key table. */
public final class KerberosServer implements WinRmCounterpart.Negotiation {
    private static final Oid SPNEGO = oid("1.3.6.1.5.5.2");
    private static final Oid KERBEROS = oid("1.2.840.113554.1.2.2");

    private final Subject subject;

    /**
     * @param principal such as {@code HTTP/localhost@LAB.EXAMPLE}
     */
    public KerberosServer(String principal, Path keyTable) {
        subject = new Subject();
        Configuration configuration = new Configuration() {
            @Override
            public AppConfigurationEntry[] getAppConfigurationEntry(String name) {
                return new AppConfigurationEntry[] {
                    new AppConfigurationEntry(
                            "com.sun.security.auth.module.Krb5LoginModule",
                            AppConfigurationEntry.LoginModuleControlFlag.REQUIRED,
                            Map.of(
                                    "principal", principal,
                                    "useKeyTab", "true",
                                    "keyTab", keyTable.toString(),
                                    "storeKey", "true",
                                    "doNotPrompt", "true",
                                    "isInitiator", "false"))
                };
            }
        };
        try {
            new LoginContext("server", subject, null, configuration).login();
        } catch (LoginException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Oid oid(String text) {
        try {
            return new Oid(text);
        } catch (GSSException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Exchange begin() {
        try {
            return Subject.callAs(subject, () -> {
                GSSManager manager = GSSManager.getInstance();
                GSSCredential credential = manager.createCredential(
                        null,
                        GSSCredential.INDEFINITE_LIFETIME,
                        new Oid[] {SPNEGO, KERBEROS},
                        GSSCredential.ACCEPT_ONLY);
                return new Accepting(subject, manager.createContext(credential));
            });
        } catch (CompletionException e) {
            throw new IllegalStateException(e);
        }
    }

    private record Accepting(Subject subject, GSSContext context) implements Exchange {
        @Override
        public byte @Nullable [] accept(byte[] token) {
            try {
                byte[] answer = Subject.callAs(subject, () -> context.acceptSecContext(token, 0, token.length));
                return answer == null ? new byte[0] : answer;
            } catch (CompletionException e) {
                return null;
            }
        }

        @Override
        public boolean isIn() {
            return context.isEstablished();
        }

        @Override
        public byte[] open(byte[] token, byte[] sealed) {
            ByteArrayOutputStream whole = new ByteArrayOutputStream();
            whole.writeBytes(token);
            whole.writeBytes(sealed);
            try {
                MessageProp properties = new MessageProp(0, true);
                byte[] message = context.unwrap(whole.toByteArray(), 0, whole.size(), properties);
                // Everything but the message itself stands in the token, as Windows wants it.
                return properties.getPrivacy() && sealed.length == message.length ? message : new byte[0];
            } catch (GSSException e) {
                return new byte[0];
            }
        }

        @Override
        public byte[][] seal(byte[] message) {
            try {
                SealedMessage.Parts parts =
                        KerberosToken.split(context.wrap(message, 0, message.length, new MessageProp(0, true)));
                return new byte[][] {parts.token(), parts.sealed()};
            } catch (GSSException | WinRmException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
