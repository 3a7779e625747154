package io.opsconductor.brain.language;

import io.opsconductor.tool.TargetDirectory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The names of a target directory, ready to be found in words. Immutable. */
public final class TargetIndex {
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} _.-]*");

    private final Language language;
    private final List<String> all;
    private final Map<String, String> exact = new HashMap<>();
    private final Map<String, Set<String>> byLetters = new HashMap<>();
    private final Map<String, Set<String>> qualities = new HashMap<>();
    private final Map<String, List<String>> groups;
    private final Map<String, List<String>> groupsByLetters = new HashMap<>();
    private final Map<String, String> platforms = new HashMap<>();
    private final Set<String> nameable = new LinkedHashSet<>();

    TargetIndex(TargetDirectory directory, Language language) {
        this.language = language;
        this.groups = new TreeMap<>(directory.groups());
        this.all = directory.targets().stream()
                .map(TargetDirectory.Entry::name)
                .sorted()
                .toList();
        for (TargetDirectory.Entry target : directory.targets()) {
            platforms.put(target.name(), target.platform());
            name(target.name(), target.name());
            target.aliases().forEach(alias -> name(alias, target.name()));
            quality(target.environment(), target.name());
            quality(target.platform(), target.name());
            target.labels().values().forEach(label -> quality(label, target.name()));
        }
        groups.forEach((group, members) -> groupsByLetters.put(Similarity.letters(group), members));
        groups.forEach((group, members) -> members.forEach(member -> quality(group, member)));
    }

    private void name(String name, String target) {
        nameable.add(name);
        exact.put(Word.lower(name), target);
        byLetters
                .computeIfAbsent(Similarity.letters(name), k -> new TreeSet<>())
                .add(target);
    }

    private void quality(String word, String target) {
        String core = core(word);
        if (!core.isEmpty()) {
            qualities.computeIfAbsent(core, k -> new TreeSet<>()).add(target);
        }
    }

    /** All names, sorted. */
    public List<String> all() {
        return all;
    }

    /** Group names with their members, sorted. */
    public Map<String, List<String>> groups() {
        return groups;
    }

    /** The platform of a target, or an empty text. */
    public String platform(String target) {
        return platforms.getOrDefault(target, "");
    }

    /** Whether a target of exactly this name exists. */
    public boolean contains(String name) {
        return platforms.containsKey(name);
    }

    /**
     * The target of that name or alias, case aside, and with spaces for its dashes; empty for none, several when it is not
     * clear. "web01" is not "web-01": what is nearly a name is shown to the user, not taken.
     */
    public Collection<String> named(String written) {
        String target = exact.get(Word.lower(written));
        if (target != null) {
            return List.of(target);
        }
        if (written.indexOf(' ') < 0) {
            return List.of();
        }
        return byLetters.getOrDefault(Similarity.letters(written), Set.of());
    }

    /** The targets of a group, environment, platform or label, however it is put ("web", "web-servers"); or none. */
    public Set<String> having(String words) {
        return qualities.getOrDefault(core(words), Set.of());
    }

    /** The members of the group of that name, dashes and case aside; empty for none, and for "*.web" and "/web", which name files. */
    public List<String> group(String written) {
        return NAME.matcher(written).matches()
                ? groupsByLetters.getOrDefault(Similarity.letters(written), List.of())
                : List.of();
    }

    /** Known names of targets and groups that look like {@code written}, best first. */
    public List<String> nearest(String written) {
        return Similarity.nearest(written, nameable, 3);
    }

    /** Known groups that look like {@code written}, best first; all of them (at most 3) when none does. */
    public List<String> nearestGroups(String written) {
        List<String> nearest = Similarity.nearest(core(written), groups.keySet(), 3);
        return nearest.isEmpty() ? groups.keySet().stream().limit(3).toList() : nearest;
    }

    /** "the web-servers group", "Web Servers" and "web" have one core: "web". */
    private String core(String words) {
        List<String> kept = new ArrayList<>();
        for (String part : Word.lower(words).split("[^\\p{L}\\p{N}/]+", -1)) {
            String one = Stems.plural(part);
            boolean noun = language.is("target-noun", one) || language.is("group-noun", part);
            if (!part.isEmpty() && !noun) {
                String synonym = language.mapped("synonym", part);
                kept.add(synonym.isEmpty() ? one : synonym);
            }
        }
        return String.join(" ", kept);
    }
}
