package io.opsconductor.chat.slack.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.slack.api.methods.Methods;
import com.slack.api.methods.RequestFormBuilder;
import com.slack.api.methods.request.files.FilesCompleteUploadExternalRequest;
import com.slack.api.methods.request.files.FilesGetUploadURLExternalRequest;
import com.slack.api.methods.request.files.FilesInfoRequest;
import io.opsconductor.chat.call.Answer;
import io.opsconductor.chat.slack.card.SlackFile;
import io.opsconductor.chat.slack.workspace.Workspace;
import java.util.List;
import java.util.stream.StreamSupport;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;

/**
 * Uploads in Slack's three steps: an address, the content, the sharing. Only the last one shows anything, so what goes
 * wrong before it counts as never sent.
 */
final class Uploads {
    private static final MediaType CONTENT = MediaType.get("application/octet-stream");

    private final Wire wire;
    private final WebApi api;
    private final Hosts hosts;

    Uploads(Wire wire, WebApi api, Hosts hosts) {
        this.wire = wire;
        this.api = api;
        this.hosts = hosts;
    }

    private record Announced(String file, String address) {}

    /** The first two steps. */
    Answer<String> upload(Workspace workspace, SlackFile file) {
        // Slack takes no empty files.
        byte[] content =
                file.content().size() == 0 ? new byte[] {'\n'} : file.content().toByteArray();
        return nothingShown(announce(workspace, file, content.length)
                .then(announced -> put(announced.address(), content).map(_ -> announced.file())));
    }

    private Answer<Announced> announce(Workspace workspace, SlackFile file, int length) {
        return api.call(
                        workspace,
                        Methods.FILES_GET_UPLOAD_URL_EXTERNAL,
                        RequestFormBuilder.toForm(FilesGetUploadURLExternalRequest.builder()
                                .filename(file.name())
                                .length(length)
                                .build()))
                .then(answer -> {
                    String address = answer.path("upload_url").asText("");
                    return hosts.mayUploadTo(address)
                            ? new Answer.Ok<>(
                                    new Announced(answer.path("file_id").asText(""), address))
                            : new Answer.Refused<>("upload_url_not_accepted", "it is not an address of Slack's");
                });
    }

    private Answer<Boolean> put(String address, byte[] content) {
        return wire.send(client -> client.newCall(new Request.Builder()
                                .url(address)
                                .post(RequestBody.create(content, CONTENT))
                                .build())
                        .execute())
                .then(reply -> reply.status() == 200 ? new Answer.Ok<>(true) : Wire.problem(reply));
    }

    private static <T> Answer<T> nothingShown(Answer<T> answer) {
        return answer instanceof Answer.Unknown<T>(String why)
                ? new Answer.Unreachable<>("the content did not get there: " + why)
                : answer;
    }

    /** The third step. */
    Answer<Boolean> share(Workspace workspace, String channel, String threadTs, String file, String title) {
        return api.call(
                        workspace,
                        Methods.FILES_COMPLETE_UPLOAD_EXTERNAL,
                        RequestFormBuilder.toForm(FilesCompleteUploadExternalRequest.builder()
                                .files(List.of(FilesCompleteUploadExternalRequest.FileDetails.builder()
                                        .id(file)
                                        .title(title)
                                        .build()))
                                .channelId(channel)
                                .threadTs(threadTs.isEmpty() ? null : threadTs)
                                .build()))
                .map(_ -> true);
    }

    Answer<Boolean> isShared(Workspace workspace, String channel, String file) {
        return api.call(
                        workspace,
                        Methods.FILES_INFO,
                        RequestFormBuilder.toForm(
                                FilesInfoRequest.builder().file(file).build()))
                .map(answer -> isIn(answer.path("file"), channel));
    }

    private static boolean isIn(JsonNode file, String channel) {
        boolean listed = List.of("channels", "groups", "ims").stream()
                .flatMap(kind -> StreamSupport.stream(file.path(kind).spliterator(), false))
                .anyMatch(id -> id.asText("").equals(channel));
        return listed
                || file.path("shares").path("public").has(channel)
                || file.path("shares").path("private").has(channel);
    }
}
