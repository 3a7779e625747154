package io.opsconductor.brain.selection;

import io.opsconductor.brain.catalogue.NamedTypes;
import io.opsconductor.brain.intent.Entity;
import io.opsconductor.brain.language.Indexes.Index;
import io.opsconductor.brain.language.LooseValues;
import io.opsconductor.brain.language.Mention;
import io.opsconductor.brain.language.Reading;
import io.opsconductor.brain.language.References;
import io.opsconductor.brain.language.TellingForms;
import io.opsconductor.brain.language.TellingForms.Clarity;
import io.opsconductor.plan.Effect;
import io.opsconductor.tool.CatalogueEntry;
import io.opsconductor.tool.ParameterType;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How well the things a request names fit what a tool takes: a path speaks for a tool with a path. */
final class EntityFit {
    private static final double FITS = 0.12;
    private static final double UNUSED = 0.2;
    private static final double UNUSED_PATH = 0.3;
    private static final double UNUSED_ADDRESS = 0.45;
    private static final double MISSING = 0.05;
    private static final double MISSING_URL = 0.3;
    private static final double MISSING_NAME = 0.1;
    private static final double MISSING_SECOND = 0.3;
    private static final double TELLS = 0.2;
    private static final double HOST_ONLY = 0.15;
    private static final double EXACT = 0.2;
    private static final double NO_PLACE = 0.2;
    private static final double OTHER_PLATFORM = 0.3;
    private static final Set<ParameterType> HOSTS =
            EnumSet.of(ParameterType.HOST, ParameterType.IP, ParameterType.URL, ParameterType.TARGET);

    private static final Set<ParameterType> ADDRESSES =
            EnumSet.of(ParameterType.URL, ParameterType.IP, ParameterType.PORT);

    private final Index index;
    private final Reading reading;
    private final Handed handed;
    private final boolean targetsNamed;
    private final PathFit paths;

    /** Whether how a value is written speaks for a tool; asked for more than once. */
    private final Map<String, Clarity> telling = new HashMap<>();

    /** How many targets are of each platform: of those that are named, or of all. */
    private final Map<String, Long> platforms;

    /**
     * How what one request names fits.
     *
     * @param carried what the request has from before; its targets count where the words name none
     * @param handed the kinds of things that were named before
     */
    EntityFit(Index index, Reading reading, List<Entity> carried, Handed handed) {
        this.handed = handed;
        this.index = index;
        this.reading = reading;
        this.paths = new PathFit(reading, index.language());
        List<String> here = targets(reading.entities());
        List<String> named = here.isEmpty() ? targets(carried) : here;
        this.targetsNamed = !named.isEmpty();
        this.platforms = (targetsNamed ? named : index.targets().all())
                .stream()
                        .collect(Collectors.groupingBy(
                                target -> index.targets().platform(target), Collectors.counting()));
    }

    /** Whether nothing that was named may be a value of the parameter. */
    private boolean lacks(CatalogueEntry.Parameter parameter, Set<String> named, List<Entity> carried) {
        return References.isThing(parameter)
                && !named.contains(parameter.name())
                && Stream.concat(reading.entities().stream(), carried.stream())
                        .noneMatch(entity -> isOf(entity, NamedTypes.of(parameter)));
    }

    /** How the paths fit. */
    PathFit paths() {
        return paths;
    }

    /** The kinds of things that were named before. */
    Handed handed() {
        return handed;
    }

    /** Whether a host is named beside a target, and not in one list with it. */
    private boolean namesAnotherHost() {
        List<Mention> mentions = reading.mentions();
        boolean target = mentions.stream()
                .anyMatch(mention -> mention.entities().stream().allMatch(Entity.Targets.class::isInstance));
        for (int at = 0; target && at < mentions.size(); at++) {
            Mention mention = mentions.get(at);
            boolean host = mention.entities().stream()
                    .anyMatch(entity -> entity instanceof Entity.Value value
                            && (value.type() == ParameterType.IP
                                    || (value.type() == ParameterType.HOST
                                            && value.value().indexOf('.') > 0)));
            if (host && !isListed(mention.from() - 1) && !isListed(mention.to())) {
                return true;
            }
        }
        return false;
    }

    private boolean isListed(int at) {
        return at >= 0
                && at < reading.words().size()
                && (reading.words().get(at).isMark(",")
                        || index.language().is("and", reading.words().get(at).lower()));
    }

    private static List<String> targets(List<Entity> entities) {
        return entities.stream()
                .filter(Entity.Targets.class::isInstance)
                .flatMap(entity -> ((Entity.Targets) entity).names().stream())
                .distinct()
                .toList();
    }

    /** To add to a tool's score; negative when something named has no place in it. */
    double of(CatalogueEntry tool, List<Entity> carried) {
        List<Entity> own = reading.entities();
        Set<String> named = LooseValues.of(tool, reading, index).keySet();
        double fit = 0;
        for (CatalogueEntry.Parameter parameter : tool.parameters()) {
            fit += named.contains(parameter.name()) ? FITS : 0;
            boolean text = parameter.required()
                    && (NamedTypes.of(parameter) == ParameterType.STRING
                            || NamedTypes.of(parameter) == ParameterType.INTEGER
                            || parameter.type() == ParameterType.SQL_IDENTIFIER);
            boolean refers = handed.refersTo(tool, parameter);
            if (refers && !named.contains(parameter.name())) {
                // "start the container web, then show its logs"
                fit += FITS + EXACT;
            } else if (parameter.required() && handed.isOther(tool) && lacks(parameter, named, carried)) {
                // "its logs" of a container are none of a file
                fit -= tool.effect() == Effect.READ ? EXACT : 2 * EXACT;
            } else if (text && !named.contains(parameter.name()) && own.stream().noneMatch(EntityFit::isText)) {
                // "containers on web-01" asks for the list, and not for one of them.
                fit += handed.has(tool, parameter) ? own.isEmpty() ? FITS + EXACT : FITS : -MISSING_NAME;
            }
            boolean elsewhere = parameter.required()
                    && tool.needsTarget()
                    && HOSTS.contains(parameter.type())
                    && own.stream().noneMatch(EntityFit::isHost);
            if (elsewhere) {
                // "is 6379 open on cache-01" names the machine that is asked about, and no other one to ask it from.
                fit -= MISSING_URL;
            }
            boolean strong = parameter.required()
                    && counts(parameter.type())
                    && (parameter.type() == ParameterType.URL || !HOSTS.contains(parameter.type()));
            if (strong && !refers && own.stream().noneMatch(entity -> isOf(entity, parameter.type()))) {
                // "is it up again" right after a service was restarted: "it" is the service.
                fit += carried.stream().noneMatch(entity -> isOf(entity, parameter.type()))
                        ? -missing(parameter.type())
                        : own.isEmpty() && parameter.type() == ParameterType.SERVICE ? FITS + EXACT : FITS;
            }
        }
        if (missesOneOfSeveral(tool, own)) {
            // "what is in /srv" is not for a tool that compares two.
            fit -= MISSING_SECOND;
        }
        Set<ParameterType> counted = EnumSet.noneOf(ParameterType.class);
        boolean targets = own.stream().anyMatch(Index::isTarget);
        for (Entity entity : own) {
            if (entity instanceof Entity.Value value && counts(value.type()) && counted.add(value.type())) {
                boolean alternative = own.stream()
                        .anyMatch(other -> !other.equals(entity) && other.text().equals(value.text()));
                fit += takes(tool, value.type()) || isCalledSo(tool, value)
                        ? FITS
                        : alternative || targetToo(value, targets, tool) ? 0 : -unused(value.type());
                fit += value.type() == ParameterType.PATH ? paths.of(tool, value.value()) : 0;
            }
        }
        if (targets && !tool.needsTarget() && !takesHost(tool)) {
            fit -= NO_PLACE;
        }
        if (targets && !tool.needsTarget() && namesAnotherHost()) {
            // "can web-01 connect to db.example.com": of two places such a tool looks at one.
            fit -= UNUSED_PATH;
        }
        boolean hostOnly = !targets && own.stream().anyMatch(EntityFit::isHost);
        if ((hostOnly || targets)
                && wantsUrlOnly(tool)
                && own.stream().noneMatch(entity -> isOf(entity, ParameterType.URL))) {
            fit -= HOST_ONLY;
        }
        if (hostOnly && tool.needsTarget() && (!takesHost(tool) || !targetsNamed)) {
            // "port 22 of 10.40.0.3 open?" names nothing to ask it from.
            fit -= NO_PLACE;
        }
        if (counted.stream().anyMatch(type -> !HOSTS.contains(type)) && exactly(tool, own)) {
            fit += EXACT;
        }
        return fit + told(tool) - misfit(tool);
    }

    private double told(CatalogueEntry tool) {
        return switch (clarity(tool)) {
            case SURE -> 2 * TELLS;
            case ALIKE -> TELLS;
            case NONE -> 0;
        };
    }

    /** "is Gi1/0/14 up on sw-1": whether a value is written as only those of the tool's are, and it runs where it is asked for. */
    boolean tells(CatalogueEntry tool) {
        return clarity(tool) != Clarity.NONE;
    }

    /** "is KB5034441 on dc-1": whether nothing else than a value of the tool's is written so. */
    boolean tellsSurely(CatalogueEntry tool) {
        return clarity(tool) == Clarity.SURE;
    }

    private Clarity clarity(CatalogueEntry tool) {
        return targetsNamed && !isElsewhere(tool)
                ? telling.computeIfAbsent(tool.name(), name -> TellingForms.clarity(tool, reading, index))
                : Clarity.NONE;
    }

    /**
     * Of the targets that are named, a tool counts less the fewer it is for, compared with the platform that most of them have: "disk
     * space on all servers" with one Windows machine among them means the other tool. Where none is named, those of the inventory
     * say so, half as loudly, unless the platform is named.
     */
    private double misfit(CatalogueEntry tool) {
        if (!tool.needsTarget() || tool.platforms().isEmpty()) {
            return 0;
        }
        boolean said =
                reading.words().stream().anyMatch(word -> tool.platforms().contains(word.lower()));
        if (!targetsNamed && said) {
            return 0;
        }
        long most = platforms.values().stream().mapToLong(Long::longValue).max().orElse(0);
        double share = most == 0 ? 1 : Math.min(1, (double) forTargets(tool) / most);
        return (1 - share) * (targetsNamed ? OTHER_PLATFORM : OTHER_PLATFORM / 2);
    }

    /** Whether it is for all targets that are named, or none is. */
    boolean isForAll(CatalogueEntry tool) {
        return targetsNamed ? misfit(tool) == 0 : !tool.needsTarget() || !namesAddress();
    }

    /** "port 22 of 10.40.0.3 open?" names what is asked about, and nothing to ask it from. */
    private boolean namesAddress() {
        return reading.entities().stream()
                .anyMatch(entity ->
                        isHost(entity) && ((Entity.Value) entity).value().indexOf('.') > 0);
    }

    /** Whether targets are named and the tool is for none of them. */
    boolean isElsewhere(CatalogueEntry tool) {
        return targetsNamed && tool.needsTarget() && !tool.platforms().isEmpty() && forTargets(tool) == 0;
    }

    /** For how many of them it is; a target of no platform may be any. */
    private long forTargets(CatalogueEntry tool) {
        return platforms.getOrDefault("", 0L)
                + tool.platforms().stream()
                        .mapToLong(platform -> platforms.getOrDefault(platform, 0L))
                        .sum();
    }

    /** Who writes an address of the web or a port means it; anything else may be said by the way. */
    private static double unused(ParameterType type) {
        return switch (type) {
            case URL, PORT -> UNUSED_ADDRESS;
            case PATH -> UNUSED_PATH;
            case STRING, INTEGER, BOOLEAN, ENUM, DURATION, HOST, IP, CIDR, SERVICE, SQL_IDENTIFIER, TARGET, SECRET ->
                UNUSED;
        };
    }

    private static boolean wantsUrlOnly(CatalogueEntry tool) {
        return takes(tool, ParameterType.URL)
                && tool.parameters().stream()
                        .map(CatalogueEntry.Parameter::type)
                        .noneMatch(type -> type != ParameterType.URL && HOSTS.contains(type));
    }

    /** Hosts and ports can be asked for in a word; an address of the web is hardly ever meant where none is named. */
    private static double missing(ParameterType type) {
        return type == ParameterType.URL ? MISSING_URL : MISSING;
    }

    /** A host beside a target may be how the target is reached; it does not speak against a tool for targets. */
    private static boolean targetToo(Entity.Value value, boolean targets, CatalogueEntry tool) {
        return targets && tool.needsTarget() && value.type() == ParameterType.HOST;
    }

    private static boolean counts(ParameterType type) {
        return type != ParameterType.INTEGER && type != ParameterType.STRING;
    }

    private static boolean isOf(Entity entity, ParameterType type) {
        return entity instanceof Entity.Value value && value.type() == type;
    }

    /** Whether an address of the web is named that has no place in the tool; hardly anybody means it as a host. */
    static boolean hasUnusedUrl(CatalogueEntry tool, List<Entity> own) {
        return own.stream().anyMatch(entity -> isOf(entity, ParameterType.URL)) && !takes(tool, ParameterType.URL);
    }

    /** Whether something named is of a type that speaks of operations, and that the tool must have. */
    static boolean mustHave(CatalogueEntry tool, List<Entity> own) {
        for (CatalogueEntry.Parameter parameter : tool.parameters()) {
            boolean named = parameter.required()
                    && own.stream()
                            .anyMatch(entity -> entity instanceof Entity.Value value
                                    && value.isTechnical()
                                    && value.type() == parameter.type());
            if (named) {
                return true;
            }
        }
        return false;
    }

    /** Whether everything named has a place in the tool, and it needs nothing else than a target. */
    static boolean exactly(CatalogueEntry tool, List<Entity> own) {
        boolean targets = own.stream().anyMatch(Index::isTarget);
        boolean allTaken = own.stream()
                .allMatch(entity -> !(entity instanceof Entity.Value value)
                        || value.type() == ParameterType.INTEGER
                        || takes(tool, value.type())
                        || isCalledSo(tool, value)
                        || own.stream()
                                .anyMatch(other ->
                                        Index.isTarget(other) && other.text().equals(value.text())));
        boolean allGiven = tool.parameters().stream()
                .filter(CatalogueEntry.Parameter::required)
                .allMatch(parameter -> own.stream().anyMatch(entity -> gives(entity, parameter.type())));
        return allTaken
                && allGiven
                && !missesOneOfSeveral(tool, own)
                && (!targets || tool.needsTarget() || takesHost(tool));
    }

    /** Whether every value that the tool must have, apart from hosts, is named. */
    static boolean isComplete(CatalogueEntry tool, List<Entity> named) {
        return tool.parameters().stream()
                .filter(parameter -> parameter.required() && counts(parameter.type()))
                .filter(parameter -> parameter.type() == ParameterType.URL || !HOSTS.contains(parameter.type()))
                .allMatch(parameter -> named.stream().anyMatch(entity -> isOf(entity, parameter.type())));
    }

    /** Whether no port, address or path that the tool must have is missing; a service may be asked for by that word alone. */
    static boolean hasItsThings(CatalogueEntry tool, List<Entity> named) {
        return tool.parameters().stream()
                .filter(parameter -> parameter.required() && counts(parameter.type()))
                .filter(parameter -> parameter.type() == ParameterType.URL || !HOSTS.contains(parameter.type()))
                .filter(parameter -> parameter.type() != ParameterType.SERVICE)
                .allMatch(parameter -> named.stream().anyMatch(entity -> isOf(entity, parameter.type())));
    }

    /** Whether all that is named is what the tool takes, and a value that it must have is among it, such as an address. */
    static boolean isExactByValue(CatalogueEntry tool, List<Entity> own) {
        boolean value = tool.parameters().stream()
                .filter(CatalogueEntry.Parameter::required)
                .anyMatch(parameter -> own.stream()
                        .anyMatch(entity -> entity instanceof Entity.Value
                                && gives(entity, parameter.type())
                                && !isPlainWord(entity)));
        return value && exactly(tool, own);
    }

    /**
     * Whether an address of the web, an IP address, a port or a service of a target is named that the tool must have, and
     * nothing else than it takes.
     */
    static boolean isForAddress(CatalogueEntry tool, List<Entity> own) {
        boolean targets = own.stream().anyMatch(Entity.Targets.class::isInstance);
        return tool.parameters().stream()
                        .filter(CatalogueEntry.Parameter::required)
                        .map(CatalogueEntry.Parameter::type)
                        .anyMatch(type -> own.stream()
                                .anyMatch(entity -> entity instanceof Entity.Value value
                                        && (ADDRESSES.contains(value.type())
                                                || (targets && value.type() == ParameterType.SERVICE))
                                        && gives(entity, type)))
                && exactly(tool, own);
    }

    /** The words that may be hosts by their place alone, "temperature" in "cpu temperature", and that the tool takes none of. */
    static List<String> withoutPlace(CatalogueEntry tool, List<Entity> own) {
        return takesHost(tool)
                ? List.of()
                : own.stream()
                        .filter(EntityFit::isPlainWord)
                        .filter(entity -> own.stream()
                                .noneMatch(other ->
                                        !other.equals(entity) && other.text().equals(entity.text())))
                        .map(Entity::text)
                        .toList();
    }

    private static boolean isPlainWord(Entity entity) {
        return isOf(entity, ParameterType.HOST) && entity.text().chars().allMatch(Character::isLetter);
    }

    private static boolean gives(Entity entity, ParameterType type) {
        boolean host = HOSTS.contains(type)
                && type != ParameterType.URL
                && (isHost(entity) || entity instanceof Entity.Targets);
        return host || isOf(entity, type);
    }

    /** Whether it must have several values of a type of which fewer are named. */
    private static boolean missesOneOfSeveral(CatalogueEntry tool, List<Entity> own) {
        return tool.parameters().stream()
                .filter(parameter ->
                        parameter.required() && counts(parameter.type()) && !HOSTS.contains(parameter.type()))
                .collect(Collectors.groupingBy(CatalogueEntry.Parameter::type, Collectors.counting()))
                .entrySet()
                .stream()
                .anyMatch(wanted -> wanted.getValue() > 1
                        && own.stream()
                                        .filter(entity -> isOf(entity, wanted.getKey()))
                                        .count()
                                < wanted.getValue());
    }

    /** What may be the name of something, or a number, wherever it stands. */
    private static boolean isText(Entity entity) {
        return entity instanceof Entity.UnknownTarget
                || (entity instanceof Entity.Value value
                        && (value.type() == ParameterType.STRING
                                || value.type() == ParameterType.INTEGER
                                || value.type() == ParameterType.SERVICE));
    }

    private static boolean isHost(Entity entity) {
        return entity instanceof Entity.Value value && HOSTS.contains(value.type());
    }

    /** "grafana alerts": a service that the tool is called by is no value of it. */
    private static boolean isCalledSo(CatalogueEntry tool, Entity.Value value) {
        return value.type() == ParameterType.SERVICE
                && List.of(tool.name().split("_", -1)).contains(value.value().toLowerCase(Locale.ROOT));
    }

    private static boolean takesHost(CatalogueEntry tool) {
        return HOSTS.stream().anyMatch(type -> takes(tool, type));
    }

    private static boolean takes(CatalogueEntry tool, ParameterType type) {
        return tool.parameters().stream()
                .map(NamedTypes::of)
                .anyMatch(wanted -> wanted == type
                        || (HOSTS.contains(wanted) && HOSTS.contains(type) && type != ParameterType.URL)
                        || (wanted == ParameterType.STRING && type == ParameterType.PATH));
    }
}
