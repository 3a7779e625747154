package io.opsconductor.counterpart.slack;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** All files, and the upload addresses that wait for their bytes. */
final class FileStore {
    private final World world;
    private final Supplier<URI> base;
    private final Map<String, StoredFile> files = new LinkedHashMap<>();
    private final Map<String, Upload> uploads = new LinkedHashMap<>();

    /** An address that takes one file's bytes. */
    record Upload(StoredFile file, long announcedBytes) {}

    FileStore(World world, Supplier<URI> base) {
        this.world = world;
        this.base = base;
    }

    /** A file as a person uploads it: there at once. */
    StoredFile stored(Person owner, Workspace workspace, String name, String title, byte[] content) {
        StoredFile file = begin(owner, workspace, name);
        file.fill(content);
        file.complete(title);
        return file;
    }

    private StoredFile begin(Person owner, Workspace workspace, String name) {
        return world.get(() -> {
            String id = world.nextId("F");
            String url = base.get()
                    .resolve("/files-pri/" + workspace.id() + "-" + id + "/" + encoded(name))
                    .toString();
            StoredFile file = new StoredFile(id, owner, workspace, name, url, world.seconds());
            files.put(id, file);
            return file;
        });
    }

    private static String encoded(String name) {
        return java.net.URLEncoder.encode(name, java.nio.charset.StandardCharsets.UTF_8);
    }

    /** The file and the address for its bytes. */
    Map.Entry<StoredFile, URI> announce(Person owner, Workspace workspace, String name, long bytes) {
        return world.get(() -> {
            StoredFile file = begin(owner, workspace, name);
            String key = World.secret(16);
            uploads.put(key, new Upload(file, bytes));
            return Map.entry(file, base.get().resolve("/upload/v1/" + key));
        });
    }

    Optional<Upload> upload(String key) {
        return world.get(() -> Optional.ofNullable(uploads.get(key)));
    }

    Optional<StoredFile> find(String id) {
        return world.get(() -> Optional.ofNullable(files.get(id)));
    }

    void remove(StoredFile file) {
        world.run(() -> files.remove(file.id()));
    }

    /** Whether the bot uploaded it, or is in a conversation in which it stands. */
    boolean mayRead(Installation installation, StoredFile file) {
        return file.owner() == installation.bot()
                || file.channels().stream().anyMatch(channel -> channel.has(installation.bot()));
    }

    List<StoredFile> all() {
        return world.get(() -> List.copyOf(files.values()));
    }
}
