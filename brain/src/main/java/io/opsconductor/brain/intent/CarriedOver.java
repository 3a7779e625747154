package io.opsconductor.brain.intent;

import io.opsconductor.brain.language.Indexes.Index;
import io.opsconductor.tool.ParameterType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Gives a clause what it leaves out and a neighbour names: "restart nginx on web-01, then check its status" checks nginx
 * on web-01; "check disk and memory on web-01" checks both there.
 */
final class CarriedOver {
    private static final Set<ParameterType> HOSTS = Set.of(ParameterType.HOST, ParameterType.IP, ParameterType.URL);
    private static final Set<ParameterType> CARRIED = Set.of(
            ParameterType.HOST,
            ParameterType.IP,
            ParameterType.URL,
            ParameterType.SERVICE,
            ParameterType.PATH,
            ParameterType.PORT,
            ParameterType.CIDR);

    private CarriedOver() {}

    /** {@code context}: what was named before the message, and may be meant in it. */
    static List<ToolRequest> into(List<Clauses.Clause> clauses, List<Entity> context) {
        List<List<Entity>> own =
                clauses.stream().map(clause -> clause.reading().entities()).toList();
        List<ToolRequest> requests = new ArrayList<>();
        List<Entity> known = new ArrayList<>(context);
        for (int at = 0; at < clauses.size(); at++) {
            List<Entity> entities = new ArrayList<>(own.get(at));
            List<Entity> carried = missing(entities, known);
            entities.addAll(carried);
            if (!namesPlace(entities)) {
                entities.addAll(fromLater(clauses, own, at, entities));
            }
            if (!clauses.get(at).statement()) {
                requests.add(new ToolRequest(
                        clauses.get(at).text(), clauses.get(at).reading().language(), entities));
            }
            known.removeIf(old -> entities.stream().anyMatch(entity -> sameKind(old, entity)));
            known.addAll(entities);
        }
        return requests;
    }

    private static List<Entity> fromLater(
            List<Clauses.Clause> clauses, List<List<Entity>> own, int at, List<Entity> entities) {
        boolean soft = true;
        for (int later = at + 1; later < own.size(); later++) {
            soft = soft && clauses.get(later).soft();
            List<Entity> named = own.get(later);
            boolean values = soft;
            if (namesPlace(named)) {
                return missing(entities, named).stream()
                        .filter(entity -> values || Index.isTarget(entity))
                        .toList();
            }
        }
        return List.of();
    }

    /** What {@code from} holds and {@code own} does not, of the kinds that are carried over. */
    private static List<Entity> missing(List<Entity> own, List<Entity> from) {
        boolean place = own.stream().anyMatch(CarriedOver::isHostValue);
        return from.stream()
                .filter(entity -> Index.isTarget(entity)
                        || (entity instanceof Entity.Value value && CARRIED.contains(value.type())))
                .filter(entity -> own.stream().noneMatch(other -> sameKind(other, entity)))
                .filter(entity ->
                        !isHostValue(entity) || (!place && own.stream().noneMatch(Index::isTarget)))
                .toList();
    }

    private static boolean namesPlace(List<Entity> entities) {
        return entities.stream().anyMatch(entity -> Index.isTarget(entity) || isHostValue(entity));
    }

    private static boolean isHostValue(Entity entity) {
        return entity instanceof Entity.Value value && HOSTS.contains(value.type());
    }

    private static boolean sameKind(Entity a, Entity b) {
        if (a instanceof Entity.Value left && b instanceof Entity.Value right) {
            return left.type() == right.type() || (isHostValue(a) && isHostValue(b));
        }
        return Index.isTarget(a) && Index.isTarget(b);
    }
}
