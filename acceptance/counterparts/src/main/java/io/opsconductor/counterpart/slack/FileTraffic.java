package io.opsconductor.counterpart.slack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Optional;

/** The bytes of files: posts to upload addresses and downloads of {@code url_private}. */
final class FileTraffic {
    private final World world;
    private final FileStore files;

    FileTraffic(World world, FileStore files) {
        this.world = world;
        this.files = files;
    }

    /** Takes a file's bytes, bare or as the first part of a multipart form. */
    void upload(ServerRequest request, ServerResponse response) {
        Optional<FileStore.Upload> upload =
                files.upload(request.path().pathParameters().get("key"));
        if (upload.isEmpty()) {
            response.status(Status.NOT_FOUND_404).send("no such upload");
            return;
        }
        byte[] body = WebCall.body(request);
        String contentType = request.headers().first(HeaderNames.CONTENT_TYPE).orElse("");
        byte[] content = contentType.startsWith("multipart/form-data") ? firstPart(body, contentType) : body;
        if (content.length != upload.get().announcedBytes()) {
            response.status(Status.BAD_REQUEST_400)
                    .send("error: got " + content.length + " bytes, expected "
                            + upload.get().announcedBytes());
            return;
        }
        world.run(() -> upload.get().file().fill(content));
        response.send("OK - " + content.length);
    }

    private static byte[] firstPart(byte[] body, String contentType) {
        String text = new String(body, ISO_8859_1);
        String boundary = "--" + contentType.replaceFirst(".*boundary=\"?([^\";]+)\"?.*", "$1");
        int begin = text.indexOf("\r\n\r\n") + 4;
        int end = text.indexOf("\r\n" + boundary, begin);
        return begin < 4 || end < 0 ? new byte[0] : text.substring(begin, end).getBytes(ISO_8859_1);
    }

    /** Without the right token Slack sends its sign-in page. */
    void download(ServerRequest request, ServerResponse response) {
        String id = request.path().pathParameters().get("team").replaceFirst("^[^-]*-", "");
        String bearer = request.headers().first(HeaderNames.AUTHORIZATION).orElse("");
        Optional<Installation> caller = world.installations().stream()
                .filter(one -> one.active() && bearer.equals("Bearer " + one.botToken()))
                .filter(one -> one.scopes().contains("files:read"))
                .findFirst();
        Optional<StoredFile> file = files.find(id)
                .filter(found -> caller.map(one -> files.mayRead(one, found)).orElse(false));
        if (file.isEmpty()) {
            response.status(Status.OK_200);
            response.header(HeaderNames.CONTENT_TYPE, "text/html; charset=utf-8");
            response.send("<!DOCTYPE html><title>Sign in</title>");
            return;
        }
        response.header(HeaderNames.CONTENT_TYPE, "application/octet-stream");
        response.send(file.get().content());
    }
}
