package io.opsconductor.counterpart.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The methods {@code files.*} of uploads in three steps: https://docs.slack.dev/messaging/working-with-files. */
final class FileMethods {
    private static final List<String> WRITE = List.of("files:write");
    private static final long MAX_BYTES = 1_000_000_000;

    private final World world;
    private final Reach reach;
    private final FileStore files;
    private final Talking talking;

    FileMethods(World world, Reach reach, FileStore files, Talking talking) {
        this.world = world;
        this.reach = reach;
        this.files = files;
        this.talking = talking;
    }

    List<ApiMethod> methods() {
        return List.of(
                ApiMethod.withBot("files.getUploadURLExternal", Tier.FOUR, WRITE, this::address),
                ApiMethod.withBot("files.completeUploadExternal", Tier.FOUR, WRITE, this::complete),
                ApiMethod.withBot("files.info", Tier.FOUR, List.of("files:read"), this::info),
                ApiMethod.withBot("files.delete", Tier.THREE, WRITE, this::delete));
    }

    private ObjectNode address(Installation caller, Args args) {
        String name = args.required("filename");
        int length = Integer.parseInt(args.required("length"));
        if (length <= 0) {
            throw Refusal.missing("length");
        }
        if (length > MAX_BYTES) {
            throw Refusal.of("file_upload_size_restricted");
        }
        Map.Entry<StoredFile, URI> announced = files.announce(caller.bot(), caller.workspace(), name, length);
        return Json.object(
                "upload_url",
                announced.getValue().toString(),
                "file_id",
                announced.getKey().id());
    }

    private ObjectNode complete(Installation caller, Args args) {
        Map<StoredFile, String> titles = new LinkedHashMap<>();
        for (JsonNode entry : args.tree("files")) {
            StoredFile file = files.find(entry.path("id").asText())
                    .filter(found -> found.owner() == caller.bot())
                    .orElseThrow(() -> Refusal.of("file_not_found"));
            if (file.content().length == 0) {
                throw Refusal.of("file_not_found");
            }
            titles.put(file, entry.path("title").asText(file.name()));
        }
        if (titles.isEmpty()) {
            throw Refusal.missing("files");
        }
        List<Channel> channels = new ArrayList<>();
        for (String id : channelIds(args)) {
            channels.add(reach.writable(caller, id));
        }
        titles.forEach(StoredFile::complete);
        for (Channel channel : channels) {
            share(caller, channel, new ArrayList<>(titles.keySet()), args);
        }
        return Json.object(
                "files",
                Json.array(titles.keySet().stream().map(StoredFile::json).toList()));
    }

    private static List<String> channelIds(Args args) {
        if (args.has("channel_id")) {
            return List.of(args.text("channel_id"));
        }
        return args.text("channels").isEmpty()
                ? List.of()
                : List.of(args.text("channels").split(",", -1));
    }

    private void share(Installation caller, Channel channel, List<StoredFile> shared, Args args) {
        String threadTs = args.text("thread_ts");
        if (!threadTs.isEmpty() && channel.message(threadTs).isEmpty()) {
            throw Refusal.of("invalid_thread_ts");
        }
        ObjectNode message = Json.object("text", args.text("initial_comment"));
        if (args.has("blocks")) {
            message.set("blocks", args.tree("blocks"));
        }
        MessageContent content = MessageContent.ofUpdate(new Args(message));
        String ts = world.nextTs();
        ObjectNode body = new BotMessages(world).body(caller, content, ts, threadTs);
        shared.forEach(file -> file.shareIn(channel));
        body.set("files", Json.array(shared.stream().map(StoredFile::json).toList()));
        body.put("upload", false).put("subtype", "file_share");
        channel.add(new PostedMessage(channel, ts, caller.bot(), body));
        talking.announce(channel, body);
    }

    private ObjectNode info(Installation caller, Args args) {
        StoredFile file = visible(caller, args.required("file"));
        return Json.object("file", file.json(), "comments", Json.array());
    }

    private ObjectNode delete(Installation caller, Args args) {
        StoredFile file = visible(caller, args.required("file"));
        if (file.owner() != caller.bot()) {
            throw Refusal.of("cant_delete_file");
        }
        files.remove(file);
        return Json.object();
    }

    /** A file that the bot uploaded, or that stands in a conversation that it is in. */
    private StoredFile visible(Installation caller, String id) {
        return files.find(id)
                .filter(file -> files.mayRead(caller, file))
                .orElseThrow(() -> Refusal.of("file_not_found"));
    }
}
