package io.opsconductor.brain.intent;

import io.opsconductor.brain.language.Indexes.Index;
import io.opsconductor.brain.language.References;
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
    static List<ToolRequest> into(List<Clauses.Clause> clauses, List<Entity> context, References references) {
        List<List<Entity>> own =
                clauses.stream().map(clause -> clause.reading().entities()).toList();
        List<ToolRequest> requests = new ArrayList<>();
        List<Entity> known = new ArrayList<>(context);
        List<Entity> spokenOf = new ArrayList<>();
        for (int at = 0; at < clauses.size(); at++) {
            List<Entity> entities = new ArrayList<>(own.get(at));
            List<Entity> carried = missing(entities, known, own.subList(0, at));
            entities.addAll(carried);
            // Of several persons "his" says not which.
            boolean nearer = requests.stream()
                    .flatMap(request -> request.entities().stream())
                    .anyMatch(Entity.Value.class::isInstance);
            if (spokenOf.size() == 1
                    && !nearer
                    && references.byPronoun(clauses.get(at).reading())) {
                spokenOf.stream().filter(name -> !entities.contains(name)).forEach(entities::add);
            }
            if (!namesPlace(entities)) {
                entities.addAll(fromLater(clauses, own, at, entities));
            }
            if (clauses.get(at).statement()) {
                own.get(at).stream()
                        .filter(entity -> isName(entity) && !spokenOf.contains(entity))
                        .forEach(spokenOf::add);
            } else {
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
                return missing(entities, named, List.of()).stream()
                        .filter(entity -> values || Index.isTarget(entity))
                        .toList();
            }
        }
        return List.of();
    }

    /** What {@code from} holds and {@code own} does not, of the kinds that are carried over. */
    private static List<Entity> missing(List<Entity> own, List<Entity> from, List<List<Entity>> before) {
        boolean place = own.stream().anyMatch(CarriedOver::isHostValue);
        List<Entity> sure =
                own.stream().filter(entity -> !isNameToo(entity, own, before)).toList();
        return from.stream()
                .filter(entity -> Index.isTarget(entity)
                        || (entity instanceof Entity.Value value && CARRIED.contains(value.type())))
                .filter(entity -> sure.stream().noneMatch(other -> sameKind(other, entity)))
                .filter(entity ->
                        !isHostValue(entity) || (!place && sure.stream().noneMatch(Index::isTarget)))
                .toList();
    }

    /** "tomcat9" in "start tomcat9 again", and "bob2" in "create the user bob2 on web-01 and put bob2 into the group dev", is no machine. */
    private static boolean isNameToo(Entity entity, List<Entity> own, List<List<Entity>> before) {
        boolean service = own.stream()
                .anyMatch(other -> other instanceof Entity.Value value
                        && value.type() == ParameterType.SERVICE
                        && value.text().equals(entity.text()));
        boolean said = before.stream()
                .anyMatch(part -> part.stream().anyMatch(Entity.Targets.class::isInstance)
                        && part.stream().noneMatch(other -> other.equals(entity))
                        && part.stream().anyMatch(other -> other.text().equals(entity.text())));
        return entity instanceof Entity.UnknownTarget && (service || said);
    }

    private static boolean namesPlace(List<Entity> entities) {
        return entities.stream().anyMatch(entity -> Index.isTarget(entity) || isHostValue(entity));
    }

    private static boolean isHostValue(Entity entity) {
        return entity instanceof Entity.Value value && HOSTS.contains(value.type());
    }

    /** "jkowalski" in "jkowalski has left us, lock his account". */
    private static boolean isName(Entity entity) {
        return entity instanceof Entity.Value value && value.type() == ParameterType.STRING;
    }

    private static boolean sameKind(Entity a, Entity b) {
        if (a instanceof Entity.Value left && b instanceof Entity.Value right) {
            return left.type() == right.type() || (isHostValue(a) && isHostValue(b));
        }
        return Index.isTarget(a) && Index.isTarget(b);
    }
}
