package io.opsconductor.counterpart.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/** A file that somebody uploaded. */
public final class StoredFile {
    private final String id;
    private final Person owner;
    private final Workspace workspace;
    private final String name;
    private final String url;
    private final long created;
    private final Set<Channel> channels = new LinkedHashSet<>();
    private volatile String title;
    private volatile byte[] content;
    private volatile boolean complete;

    StoredFile(String id, Person owner, Workspace workspace, String name, String url, long created) {
        this.id = id;
        this.owner = owner;
        this.workspace = workspace;
        this.name = name;
        this.title = name;
        this.url = url;
        this.created = created;
        this.content = new byte[0];
    }

    public String id() {
        return id;
    }

    public String name() {
        return name;
    }

    public String title() {
        return title;
    }

    public byte[] content() {
        return content.clone();
    }

    public Person owner() {
        return owner;
    }

    Workspace workspace() {
        return workspace;
    }

    /** Whether its upload was completed, so that people can see it. */
    public boolean complete() {
        return complete;
    }

    void fill(byte[] bytes) {
        content = bytes.clone();
    }

    void complete(String newTitle) {
        title = newTitle;
        complete = true;
    }

    synchronized void shareIn(Channel channel) {
        channels.add(channel);
    }

    synchronized Set<Channel> channels() {
        return Set.copyOf(channels);
    }

    private String extension() {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "text" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    }

    private String mimeType() {
        return switch (extension()) {
            case "txt", "text", "log" -> "text/plain";
            case "png" -> "image/png";
            case "json" -> "application/json";
            case "pdf" -> "application/pdf";
            default -> "application/octet-stream";
        };
    }

    ObjectNode json() {
        ObjectNode json = Json.object(
                "id",
                id,
                "created",
                created,
                "timestamp",
                created,
                "name",
                name,
                "title",
                title,
                "mimetype",
                mimeType(),
                "filetype",
                extension(),
                "pretty_type",
                extension(),
                "user",
                owner.id(),
                "user_team",
                workspace.id(),
                "editable",
                false,
                "size",
                content.length,
                "mode",
                "hosted",
                "is_external",
                false,
                "is_public",
                false,
                "url_private",
                url,
                "url_private_download",
                url + "?download=1",
                "permalink",
                url,
                "file_access",
                "visible");
        json.set("channels", Json.array(channels().stream().map(Channel::id).toList()));
        json.set("groups", Json.array());
        json.set("ims", Json.array());
        return json;
    }

    @Override
    public String toString() {
        return name + " (" + id + ", " + content.length + " bytes" + (complete ? ")" : ", not completed)");
    }
}
