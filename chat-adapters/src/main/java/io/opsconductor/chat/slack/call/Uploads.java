package io.opsconductor.chat.slack.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.slack.api.methods.Methods;
import com.slack.api.methods.RequestFormBuilder;
import com.slack.api.methods.request.files.FilesCompleteUploadExternalRequest;
import com.slack.api.methods.request.files.FilesGetUploadURLExternalRequest;
import com.slack.api.methods.request.files.FilesInfoRequest;
import io.opsconductor.chat.slack.card.SlackFile;
import io.opsconductor.chat.slack.workspace.Workspace;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.StreamSupport;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;

/**
 * Uploads in Slack's three steps: an address, the content, the sharing. Only the last one shows anything, so what goes
 * wrong before it counts as never sent; when the last one's answer is missing, Slack is asked whether the file is shared.
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

    private record Place(String file, String address) {}

    Answer<Boolean> upload(Workspace workspace, String channel, String threadTs, SlackFile file, String comment) {
        // Slack takes no empty files.
        byte[] content = (file.content().isEmpty() ? "\n" : file.content()).getBytes(StandardCharsets.UTF_8);
        Answer<Place> uploaded = place(workspace, file, content.length)
                .then(place -> put(place.address(), content).map(_ -> place));
        return nothingShown(uploaded).then(place -> share(workspace, channel, threadTs, file, comment, place.file()));
    }

    private Answer<Place> place(Workspace workspace, SlackFile file, int length) {
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
                            ? new Answer.Ok<>(new Place(answer.path("file_id").asText(""), address))
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

    private Answer<Boolean> share(
            Workspace workspace, String channel, String threadTs, SlackFile file, String comment, String id) {
        Answer<Boolean> shared = api.call(
                        workspace,
                        Methods.FILES_COMPLETE_UPLOAD_EXTERNAL,
                        RequestFormBuilder.toForm(FilesCompleteUploadExternalRequest.builder()
                                .files(List.of(FilesCompleteUploadExternalRequest.FileDetails.builder()
                                        .id(id)
                                        .title(file.title())
                                        .build()))
                                .channelId(channel)
                                .threadTs(threadTs.isEmpty() ? null : threadTs)
                                .initialComment(comment.isEmpty() ? null : comment)
                                .build()))
                .map(_ -> true);
        return shared instanceof Answer.Unknown<Boolean>(String why) ? isShared(workspace, channel, id, why) : shared;
    }

    private Answer<Boolean> isShared(Workspace workspace, String channel, String id, String why) {
        Answer<Boolean> looked = api.call(
                        workspace,
                        Methods.FILES_INFO,
                        RequestFormBuilder.toForm(
                                FilesInfoRequest.builder().file(id).build()))
                .map(answer -> isIn(answer.path("file"), channel));
        return switch (looked) {
            case Answer.Ok<Boolean>(Boolean there) ->
                there ? new Answer.Ok<>(true) : new Answer.Unreachable<>("the file was not shared: " + why);
            case Answer<Boolean> _ -> new Answer.Unknown<>(why);
        };
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
