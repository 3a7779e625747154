package io.opsconductor.brain.approval;

import io.opsconductor.brain.People;
import io.opsconductor.brain.Refusal;
import io.opsconductor.brain.Tenancy;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;

/** Whether a request can still be changed, and by whom. */
final class Standing {
    private final ApprovalStore store;
    private final Tenancy tenancy;
    private final People people;
    private final Clock clock;
    private final Consumer<String> expire;

    /**
     * How the requests of one store stand.
     *
     * @param expire ends a request whose time is up
     */
    Standing(ApprovalStore store, Tenancy tenancy, People people, Clock clock, Consumer<String> expire) {
        this.store = store;
        this.tenancy = tenancy;
        this.people = people;
        this.clock = clock;
        this.expire = expire;
    }

    Own pending(String id, String from) {
        return find(id, from).map(this::open).orElseGet(() -> unknown(id));
    }

    Own own(String id, String person, String doing) {
        Optional<StoredApproval> found = find(id, person);
        if (found.isEmpty()) {
            return unknown(id);
        }
        String requester = found.get().request().requester();
        if (!requester.equals(person)) {
            String name = people.name(requester);
            return new Own.Refused(Refusal.of(
                    403,
                    "not_requester",
                    people.name(person) + " may not " + doing + " this plan: " + name + " asked for it",
                    "ask " + name + ", or ask for a plan of your own"));
        }
        return open(found.get());
    }

    /** Why a request that was pending a moment ago is not any more. */
    Refusal late(ApprovalRequest request) {
        return store.ofAnyTenant(request.id())
                .map(stored -> DecidedWords.refusal(stored, people))
                .orElseGet(() -> missing(request.id()));
    }

    /** Another tenant's is as unknown as one that never was. */
    Optional<StoredApproval> find(String id, String from) {
        return tenancy.of(from).flatMap(tenant -> store.find(tenant, id));
    }

    private Own open(StoredApproval stored) {
        if (stored.state() != ApprovalState.PENDING) {
            return new Own.Refused(DecidedWords.refusal(stored, people));
        }
        ApprovalRequest request = stored.request();
        if (!clock.instant().isBefore(request.preview().expiresAt())) {
            expire.accept(request.id());
            return new Own.Refused(DecidedWords.expired(request));
        }
        return new Own.Pending(request);
    }

    private static Own unknown(String id) {
        return new Own.Refused(missing(id));
    }

    private static Refusal missing(String id) {
        return Refusal.of(
                404, "unknown_approval", "there is no plan " + id, "use the buttons of a card, or ask for a new plan");
    }
}
