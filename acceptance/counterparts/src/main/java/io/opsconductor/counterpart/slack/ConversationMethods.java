package io.opsconductor.counterpart.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The methods {@code conversations.*}. */
final class ConversationMethods {
    private static final List<String> READ = List.of("channels:read", "groups:read", "im:read", "mpim:read");
    private static final List<String> HISTORY =
            List.of("channels:history", "groups:history", "im:history", "mpim:history");
    private static final int MAX_GROUP = 8;

    private final Reach reach;
    private final Events events;

    ConversationMethods(Reach reach, Events events) {
        this.reach = reach;
        this.events = events;
    }

    List<ApiMethod> methods() {
        return List.of(
                ApiMethod.withBot("conversations.info", Tier.THREE, READ, this::info),
                ApiMethod.withBot("conversations.history", Tier.THREE, HISTORY, this::history),
                ApiMethod.withBot("conversations.replies", Tier.THREE, HISTORY, this::replies),
                ApiMethod.withBot("conversations.open", Tier.THREE, List.of("im:write", "mpim:write"), this::open),
                ApiMethod.withBot("conversations.list", Tier.TWO, READ, this::list),
                ApiMethod.withBot("conversations.members", Tier.FOUR, READ, this::members),
                ApiMethod.withBot("conversations.join", Tier.THREE, List.of("channels:join"), this::join));
    }

    private ObjectNode info(Installation caller, Args args) {
        Channel channel = reach.visible(caller, args.required("channel"));
        Reach.requireScope(caller, channel.kind().scopeName() + ":read");
        ObjectNode json = channel.json(caller.workspace(), caller.bot());
        if (args.flag("include_num_members")) {
            json.put("num_members", channel.members().size());
        }
        return Json.object("channel", json);
    }

    private ObjectNode history(Installation caller, Args args) {
        Channel channel = reach.readable(caller, args.required("channel"));
        List<PostedMessage> newestFirst = new ArrayList<>(channel.messages().stream()
                .filter(message -> !message.isReply())
                .filter(message -> within(message.ts(), args))
                .toList());
        newestFirst.sort(Comparator.comparing(PostedMessage::ts).reversed());
        return page(newestFirst, args, 100);
    }

    private ObjectNode replies(Installation caller, Args args) {
        Channel channel = reach.readable(caller, args.required("channel"));
        PostedMessage asked = channel.message(args.required("ts")).orElseThrow(() -> Refusal.of("thread_not_found"));
        String root = asked.rootTs();
        List<PostedMessage> oldestFirst = channel.thread(root).stream()
                .filter(message -> message.ts().equals(root) || within(message.ts(), args))
                .toList();
        return page(oldestFirst, args, 1_000);
    }

    private static boolean within(String ts, Args args) {
        boolean inclusive = args.flag("inclusive");
        String oldest = args.text("oldest");
        String latest = args.text("latest");
        boolean after = oldest.isEmpty() || isAfter(ts, oldest) || (inclusive && sameTime(ts, oldest));
        boolean before = latest.isEmpty() || isAfter(latest, ts) || (inclusive && sameTime(ts, latest));
        return after && before;
    }

    private static boolean isAfter(String ts, String other) {
        return new java.math.BigDecimal(ts).compareTo(new java.math.BigDecimal(other)) > 0;
    }

    private static boolean sameTime(String ts, String other) {
        return new java.math.BigDecimal(ts).compareTo(new java.math.BigDecimal(other)) == 0;
    }

    private static ObjectNode page(List<PostedMessage> messages, Args args, int usual) {
        int from = args.text("cursor").isEmpty() ? 0 : Pages.position(args.text("cursor"));
        int limit = Math.min(999, Math.max(1, args.number("limit", usual)));
        List<PostedMessage> shown = messages.stream().skip(from).limit(limit).toList();
        boolean more = messages.size() > from + limit;
        boolean metadata = args.flag("include_all_metadata");
        ObjectNode answer = Json.object(
                "messages",
                Json.array(shown.stream().map(message -> message.json(metadata)).toList()),
                "has_more",
                more,
                "pin_count",
                0);
        if (more) {
            answer.set("response_metadata", Json.object("next_cursor", Pages.cursor(from + limit)));
        }
        return answer;
    }

    private ObjectNode open(Installation caller, Args args) {
        if (args.has("channel")) {
            return opened(caller, reach.visible(caller, args.text("channel")), args);
        }
        String users = args.required("users");
        List<Person> people = new ArrayList<>();
        for (String id : users.split(",", -1)) {
            people.add(reach.person(caller, id.strip()));
        }
        if (people.size() > MAX_GROUP) {
            throw Refusal.of("too_many_users");
        }
        if (people.stream().anyMatch(Person::deactivated)) {
            throw Refusal.of("user_disabled");
        }
        if (people.stream().anyMatch(person -> person.isBot())) {
            throw Refusal.of("cannot_dm_bot");
        }
        people.add(caller.bot());
        Channel.Kind kind = people.size() == 2 ? Channel.Kind.DIRECT : Channel.Kind.GROUP;
        Reach.requireScope(caller, kind.scopeName() + ":write");
        return opened(caller, caller.workspace().conversation(kind, people), args);
    }

    private static ObjectNode opened(Installation caller, Channel channel, Args args) {
        ObjectNode json = args.flag("return_im")
                ? channel.json(caller.workspace(), caller.bot())
                : Json.object("id", channel.id());
        return Json.object("no_op", false, "already_open", false, "channel", json);
    }

    private ObjectNode list(Installation caller, Args args) {
        String types = args.text("types").isEmpty() ? "public_channel" : args.text("types");
        List<ObjectNode> found = new ArrayList<>();
        for (String type : types.split(",", -1)) {
            Channel.Kind kind = switch (type.strip()) {
                case "public_channel" -> Channel.Kind.PUBLIC;
                case "private_channel" -> Channel.Kind.PRIVATE;
                case "im" -> Channel.Kind.DIRECT;
                case "mpim" -> Channel.Kind.GROUP;
                default -> throw Refusal.of("invalid_types");
            };
            Reach.requireScope(caller, kind.scopeName() + ":read");
            for (Channel channel : caller.workspace().channels()) {
                boolean shown = channel.kind() == kind
                        && !channel.deleted()
                        && !(args.flag("exclude_archived") && channel.archived())
                        && (kind == Channel.Kind.PUBLIC || channel.has(caller.bot()));
                if (shown) {
                    found.add(channel.json(caller.workspace(), caller.bot()));
                }
            }
        }
        return Pages.of("channels", found, args);
    }

    private ObjectNode members(Installation caller, Args args) {
        Channel channel = reach.visible(caller, args.required("channel"));
        Reach.requireScope(caller, channel.kind().scopeName() + ":read");
        return Pages.of("members", channel.members().stream().map(Person::id).toList(), args);
    }

    private ObjectNode join(Installation caller, Args args) {
        Channel channel = reach.visible(caller, args.required("channel"));
        if (channel.kind() != Channel.Kind.PUBLIC) {
            throw Refusal.of("method_not_supported_for_channel_type");
        }
        if (channel.archived()) {
            throw Refusal.of("is_archived");
        }
        ObjectNode answer = Json.object();
        if (channel.has(caller.bot())) {
            answer.put("warning", "already_in_channel");
            answer.set("response_metadata", Json.object("warnings", Json.array(List.of("already_in_channel"))));
        } else {
            events.joined(channel, caller.bot(), Optional.empty());
        }
        answer.set("channel", channel.json(caller.workspace(), caller.bot()));
        return answer;
    }
}
