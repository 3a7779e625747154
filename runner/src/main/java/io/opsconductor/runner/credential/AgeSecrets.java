package io.opsconductor.runner.credential;

import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.UnsupportedRecipientStanzaException;
import com.exceptionfactory.jagged.framework.armor.ArmoredDecryptingChannelFactory;
import com.exceptionfactory.jagged.framework.stream.StandardDecryptingChannelFactory;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaReaderFactory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Secrets in files that are encrypted with age (binary or armored, for X25519 recipients), so that they may lie beside the
 * inventory in version control. Only the key file, which lies elsewhere, opens them.
 *
 * @see <a href="https://age-encryption.org/v1">the format</a>
 */
final class AgeSecrets implements SecretProvider<SecretSource.InAgeFile> {
    private static final byte[] ARMORED = "-----BEGIN AGE".getBytes(StandardCharsets.US_ASCII);

    private final Path keys;

    /**
     * @param keys what {@code age-keygen} wrote: a secret key a line, lines with {@code #} do not count; read at each use
     */
    AgeSecrets(Path keys) {
        this.keys = keys;
    }

    @Override
    public byte[] fetch(SecretSource.InAgeFile source) throws SecretUnavailableException {
        byte[] encrypted = FileSecrets.bytes(source.file());
        byte[] plain = new byte[CredentialSource.MAX_BYTES + 1];
        try (ReadableByteChannel channel = decrypting(encrypted)) {
            int length = fill(channel, plain);
            if (length == 0 || length > CredentialSource.MAX_BYTES) {
                throw new SecretUnavailableException("what the file " + source.file() + " holds is "
                        + (length == 0 ? "empty" : "larger than " + CredentialSource.MAX_BYTES / 1024 + " KiB")
                        + ", so it is no key or password");
            }
            return Arrays.copyOf(plain, length);
        } catch (UnsupportedRecipientStanzaException e) {
            throw new SecretUnavailableException("the file " + source.file() + " was not encrypted for a key in " + keys
                    + "; encrypt it with age -r and the public key that age-keygen -y " + keys + " prints");
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
            // The library's words may quote what it read.
            throw new SecretUnavailableException("the file " + source.file() + " is not a whole file of age ("
                    + e.getClass().getSimpleName() + ")");
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    private ReadableByteChannel decrypting(byte[] encrypted)
            throws SecretUnavailableException, GeneralSecurityException, IOException {
        boolean armored = Arrays.equals(ARMORED, Arrays.copyOf(encrypted, ARMORED.length));
        return (armored ? new ArmoredDecryptingChannelFactory() : new StandardDecryptingChannelFactory())
                .newDecryptingChannel(Channels.newChannel(new ByteArrayInputStream(encrypted)), readers());
    }

    private List<RecipientStanzaReader> readers() throws SecretUnavailableException {
        byte[] bytes = FileSecrets.bytes(keys);
        CharBuffer text = StandardCharsets.US_ASCII.decode(ByteBuffer.wrap(bytes));
        try {
            List<RecipientStanzaReader> readers = new ArrayList<>();
            int start = 0;
            for (int at = 0; at <= text.length(); at++) {
                if (at == text.length() || text.charAt(at) == '\n' || text.charAt(at) == '\r') {
                    if (at > start && text.charAt(start) != '#') {
                        readers.add(X25519RecipientStanzaReaderFactory.newRecipientStanzaReader(
                                text.subSequence(start, at)));
                    }
                    start = at + 1;
                }
            }
            if (readers.isEmpty()) {
                throw new SecretUnavailableException("the file " + keys + " holds no secret key of age");
            }
            return readers;
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new SecretUnavailableException("the file " + keys + " holds a line that is no secret key of age");
        } finally {
            Arrays.fill(bytes, (byte) 0);
            Arrays.fill(text.array(), '\0');
        }
    }

    private static int fill(ReadableByteChannel channel, byte[] plain) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(plain);
        while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
            // Chunk by chunk; nothing is used before the last one has proved genuine.
        }
        return buffer.position();
    }
}
