package io.opsconductor.acceptance.ship;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The one thing that Helm sends in Kubernetes' binary form whatever is asked of it: the Secret that holds a release. Field
 * numbers are those of k8s.io/api/core/v1 and k8s.io/apimachinery.
 */
final class ProtobufSecret {
    private static final byte[] MAGIC = {'k', '8', 's', 0};
    private static final int RAW = 2;

    private ProtobufSecret() {}

    static boolean is(byte[] body) {
        return body.length > MAGIC.length
                && ByteBuffer.wrap(body, 0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC));
    }

    /** As it would be in JSON: name, namespace, labels, data and type. */
    static ObjectNode json(byte[] body) {
        ObjectNode secret =
                JsonNodeFactory.instance.objectNode().put("apiVersion", "v1").put("kind", "Secret");
        fields(ByteBuffer.wrap(body, MAGIC.length, body.length - MAGIC.length).slice(), (number, value) -> {
            if (number == RAW) {
                secret(value, secret);
            }
        });
        return secret;
    }

    private static void secret(ByteBuffer bytes, ObjectNode secret) {
        ObjectNode metadata = secret.putObject("metadata");
        ObjectNode data = secret.putObject("data");
        fields(bytes, (number, value) -> {
            switch (number) {
                case 1 -> metadata(value, metadata);
                case 2 ->
                    entry(
                            value,
                            (key, text) -> data.put(key, Base64.getEncoder().encodeToString(bytes(text))));
                case 3 -> secret.put("type", text(value));
                default -> {}
            }
        });
    }

    private static void metadata(ByteBuffer bytes, ObjectNode metadata) {
        ObjectNode labels = metadata.putObject("labels");
        fields(bytes, (number, value) -> {
            switch (number) {
                case 1 -> metadata.put("name", text(value));
                case 3 -> metadata.put("namespace", text(value));
                case 11 -> entry(value, (key, text) -> labels.put(key, text(text)));
                default -> {}
            }
        });
    }

    private interface Entry {
        void take(String key, ByteBuffer value);
    }

    private static void entry(ByteBuffer bytes, Entry entry) {
        String[] key = {""};
        fields(bytes, (number, value) -> {
            if (number == 1) {
                key[0] = text(value);
            } else {
                entry.take(key[0], value);
            }
        });
    }

    private interface Field {
        void take(int number, ByteBuffer value);
    }

    /** Fields that have a length; numbers are passed over. */
    private static void fields(ByteBuffer bytes, Field field) {
        while (bytes.hasRemaining()) {
            long tag = number(bytes);
            if ((tag & 7) == 2) {
                int length = (int) number(bytes);
                field.take((int) (tag >> 3), bytes.slice(bytes.position(), length));
                bytes.position(bytes.position() + length);
            } else {
                number(bytes);
            }
        }
    }

    private static long number(ByteBuffer bytes) {
        long number = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = bytes.get();
            number |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return number;
            }
        }
    }

    private static byte[] bytes(ByteBuffer value) {
        byte[] bytes = new byte[value.remaining()];
        value.duplicate().get(bytes);
        return bytes;
    }

    private static String text(ByteBuffer value) {
        return new String(bytes(value), StandardCharsets.UTF_8);
    }
}
