package io.opsconductor.counterpart.teams;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A talk, a group's talk or a channel, with who is in it and what was posted. */
public final class Conversation {
    /** Sorts of conversations. */
    public enum Kind {
        PERSONAL("personal"),
        GROUP("groupChat"),
        CHANNEL("channel");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    private final String id;
    private final Kind kind;
    private final String tenant;
    private final Map<String, Member> members = new LinkedHashMap<>();
    private final Map<String, Posted> posts = new LinkedHashMap<>();
    private boolean installed = true;

    Conversation(String id, Kind kind, String tenant) {
        this.id = id;
        this.kind = kind;
        this.tenant = tenant;
    }

    /**
     * Somebody in it.
     *
     * @param id of that person for this bot, {@code 29:…}
     * @param objectId in Entra
     * @param role {@code user}, or {@code guest}
     */
    public record Member(String id, String objectId, String name, String tenant, String role) {
        ObjectNode json() {
            return Wire.object()
                    .put("id", id)
                    .put("name", name)
                    .put("objectId", objectId)
                    .put("aadObjectId", objectId)
                    .put("givenName", name)
                    .put("surname", "")
                    .put("email", "")
                    .put("userPrincipalName", name.toLowerCase(java.util.Locale.ROOT) + "@example.com")
                    .put("tenantId", tenant)
                    .put("userRole", role);
        }
    }

    public String id() {
        return id;
    }

    public Kind kind() {
        return kind;
    }

    String tenant() {
        return tenant;
    }

    synchronized void join(Member member) {
        members.put(member.id(), member);
    }

    synchronized List<Member> members() {
        return List.copyOf(members.values());
    }

    synchronized boolean installed() {
        return installed;
    }

    synchronized void installed(boolean is) {
        installed = is;
    }

    /** What was posted there, threads of a channel included, in order. */
    public synchronized List<Posted> posts() {
        return List.copyOf(posts.values());
    }

    synchronized void put(Posted post) {
        posts.put(post.id(), post);
    }

    synchronized Posted changed(String activity, JsonNode content) {
        Posted before = there(activity);
        List<JsonNode> changes = new ArrayList<>(before.changes());
        changes.add(before.activity());
        Posted after = new Posted(activity, before.conversation(), content, changes, false);
        posts.put(activity, after);
        return after;
    }

    synchronized void deleted(String activity) {
        Posted before = there(activity);
        posts.put(activity, new Posted(activity, before.conversation(), before.activity(), before.changes(), true));
    }

    private Posted there(String activity) {
        Posted post = posts.get(activity);
        if (post == null || post.deleted()) {
            throw new Refusal(404, "ActivityNotFoundInConversation", "The activity is not in the conversation.");
        }
        return post;
    }
}
