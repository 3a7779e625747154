package io.opsconductor.runner.inventory;

import io.opsconductor.runner.credential.Credential;
import io.opsconductor.text.Nearest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns the hosts that targets name on the way into targets, once all targets are known. */
final class Jumps {
    /** Hosts on the way to one target. */
    static final int MOST = 5;

    private final KnownHosts known;
    private final Map<String, Target> byName = new HashMap<>();
    private final Map<String, Target> byAddress = new HashMap<>();
    private final Map<String, List<Jump>> written = new HashMap<>();

    /** @param targets all targets, reached directly */
    Jumps(List<Target> targets, KnownHosts known) {
        this.known = known;
        for (Target target : targets) {
            byName.put(Inventory.fold(target.name()), target);
            target.aliases().forEach(alias -> byName.put(Inventory.fold(alias), target));
            byAddress.putIfAbsent(Inventory.fold(target.address()), target);
        }
    }

    /** What a target says about its way. */
    void say(String target, List<Jump> jumps) {
        written.put(target, jumps);
    }

    /** The target with the hosts on the way to it; mistakes are reported where they stand. */
    Target reached(Target target) {
        List<Jump> jumps = written.getOrDefault(target.name(), List.of());
        if (jumps.isEmpty()) {
            return target;
        }
        List<Target> way = way(target, jumps, new LinkedHashSet<>(Set.of(target.name())));
        if (way.size() > MOST) {
            jumps.getFirst()
                    .mistake()
                    .report("expected at most " + MOST + " hosts on the way to a target, found " + way.size(), "");
            return target;
        }
        return target.with(target.ssh().through(way));
    }

    private List<Target> way(Target target, List<Jump> jumps, Set<String> behind) {
        List<Target> way = new ArrayList<>();
        for (Jump jump : jumps) {
            Target host = host(target, jump);
            if (host == null) {
                return List.of();
            }
            if (!behind.add(host.name())) {
                jump.mistake()
                        .report(
                                "expected a way that leads to " + target.name() + ", found " + host.name()
                                        + " on the way to itself",
                                "");
                return List.of();
            }
            // The first host is reached as that target is reached; the others from the one before.
            if (way.isEmpty()) {
                way.addAll(way(host, written.getOrDefault(host.name(), List.of()), behind));
            }
            way.add(host);
        }
        return way;
    }

    private @Nullable Target host(Target target, Jump jump) {
        return switch (jump) {
            case Jump.ToTarget(String name, Mistake mistake) -> {
                Target host = byName.get(Inventory.fold(name));
                if (host == null) {
                    List<String> nearest = Nearest.of(name, byName.keySet(), 1);
                    mistake.report(
                            "expected the name of a target, found an unknown one",
                            (nearest.isEmpty() ? "" : "Did you mean " + nearest.getFirst() + "? ")
                                    + "A host that is no target is written { address: HOST, credential: NAME }.");
                }
                yield host;
            }
            case Jump.ToAddress(String address, int port, Credential credential, Mistake _) ->
                at(address, port, credential == null ? target.credential() : credential);
            case Jump.ToHost(String host, String account, Integer port, Mistake _) -> {
                Target named = byName.getOrDefault(Inventory.fold(host), byAddress.get(Inventory.fold(host)));
                String address = named == null ? host : named.address();
                int number = port != null ? port : named == null ? 22 : named.port();
                Credential credential = as(named == null ? target.credential() : named.credential(), account);
                yield named != null && account == null && number == named.port()
                        ? named
                        : at(address, number, credential);
            }
        };
    }

    private Target at(String address, int port, @Nullable Credential credential) {
        return new Target(
                port == 22 ? address : address + ":" + port,
                List.of(),
                address,
                port,
                "",
                "",
                List.of(),
                Map.of(),
                credential,
                known.keysFor(address, port));
    }

    private static @Nullable Credential as(@Nullable Credential credential, @Nullable String account) {
        return account == null || credential == null
                ? credential
                : switch (credential) {
                    case Credential.SshKey(String name, var _, var key, var passphrase) ->
                        new Credential.SshKey(name, account, key, passphrase);
                    case Credential.Password(String name, var _, var password) ->
                        new Credential.Password(name, account, password);
                    case Credential.Bearer _, Credential.SecretHeader _, Credential.ClientCertificate _ -> credential;
                };
    }
}
