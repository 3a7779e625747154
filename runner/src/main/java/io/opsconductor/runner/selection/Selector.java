package io.opsconductor.runner.selection;

import io.opsconductor.runner.inventory.Inventory;
import io.opsconductor.runner.inventory.Lookup;
import io.opsconductor.runner.inventory.Target;
import io.opsconductor.runner.selection.Selection.Wanted;
import io.opsconductor.text.Nearest;
import io.opsconductor.text.Shown;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds what a selection means in one inventory. */
public final class Selector {
    private static final int NEAREST = 3;

    private final Inventory inventory;

    public Selector(Inventory inventory) {
        this.inventory = inventory;
    }

    /** Whether a text is more than one name: it holds something of a selection's that no name holds. */
    public static boolean isSelection(String text) {
        return text.chars().anyMatch(c -> Character.isWhitespace(c) || "()*?:=\"".indexOf(c) >= 0);
    }

    /** The targets that a selection means. */
    public Selected select(String text) {
        return switch (SelectionParser.parse(text)) {
            case Parsed.Bad(int column, String message) ->
                new Selected.Refused(
                        "The selection " + Shown.quoted(text) + " cannot be read at " + column + ": " + message + ".",
                        List.of());
            case Parsed.Good(Selection selection) -> {
                Selected.Refused unknown = unknown(text, selection);
                yield unknown == null ? found(text, selection) : unknown;
            }
        };
    }

    private Selected found(String text, Selection selection) {
        List<Target> targets = inventory.targets().stream()
                .filter(target -> fits(selection, target))
                .toList();
        if (!targets.isEmpty()) {
            return new Selected.Targets(targets);
        }
        return new Selected.Refused(
                "No target fits " + Shown.quoted(text) + ".", Nearest.of(firstWord(selection), allNames(), NEAREST));
    }

    private static boolean fits(Selection selection, Target target) {
        return switch (selection) {
            case Selection.Everything everything -> true;
            case Selection.Word(Wanted wanted) ->
                isNamed(wanted, target) || (!wanted.isPattern() && anyLike(wanted, target.groups()));
            case Selection.Named(Wanted wanted) -> isNamed(wanted, target);
            case Selection.InGroup(Wanted wanted) -> anyLike(wanted, target.groups());
            case Selection.InEnvironment(Wanted wanted) ->
                !target.environment().isEmpty() && wanted.matches(target.environment());
            case Selection.OnPlatform(Wanted wanted) ->
                !target.platform().isEmpty() && wanted.matches(target.platform());
            case Selection.Labelled(Wanted label, @Nullable Wanted value) ->
                target.labels().entrySet().stream()
                        .anyMatch(entry ->
                                label.matches(entry.getKey()) && (value == null || value.matches(entry.getValue())));
            case Selection.Not(Selection of) -> !fits(of, target);
            case Selection.Both(Selection left, Selection right) -> fits(left, target) && fits(right, target);
            case Selection.Either(Selection left, Selection right) -> fits(left, target) || fits(right, target);
        };
    }

    private static boolean isNamed(Wanted wanted, Target target) {
        return wanted.matches(target.name()) || anyLike(wanted, target.aliases());
    }

    private static boolean anyLike(Wanted wanted, Collection<String> texts) {
        return texts.stream().anyMatch(wanted::matches);
    }

    /** The first name that nothing in the inventory has; a typing mistake must not look like an empty group. */
    private Selected.@Nullable Refused unknown(String text, Selection selection) {
        return switch (selection) {
            case Selection.Everything everything -> null;
            case Selection.Word(Wanted wanted) ->
                inventory.lookup(wanted.pattern()) instanceof Lookup.Found
                        ? null
                        : check(text, "target or group", wanted, allNames());
            case Selection.Named(Wanted wanted) -> check(text, "target", wanted, targetNames());
            case Selection.InGroup(Wanted wanted) ->
                check(text, "group", wanted, inventory.groups().keySet());
            case Selection.InEnvironment(Wanted wanted) ->
                check(
                        text,
                        "environment",
                        wanted,
                        inventory.targets().stream().map(Target::environment).toList());
            case Selection.OnPlatform(Wanted wanted) ->
                check(
                        text,
                        "platform",
                        wanted,
                        inventory.targets().stream().map(Target::platform).toList());
            case Selection.Labelled(Wanted label, @Nullable Wanted value) ->
                check(
                        text,
                        "label",
                        label,
                        inventory.targets().stream()
                                .flatMap(target -> target.labels().keySet().stream())
                                .toList());
            case Selection.Not(Selection of) -> unknown(text, of);
            case Selection.Both(Selection left, Selection right) -> first(unknown(text, left), text, right);
            case Selection.Either(Selection left, Selection right) -> first(unknown(text, left), text, right);
        };
    }

    private Selected.@Nullable Refused first(Selected.@Nullable Refused left, String text, Selection right) {
        return left == null ? unknown(text, right) : left;
    }

    private static Selected.@Nullable Refused check(String text, String what, Wanted wanted, Collection<String> known) {
        if (wanted.isPattern() || known.stream().anyMatch(name -> !name.isEmpty() && wanted.matches(name))) {
            return null;
        }
        return new Selected.Refused(
                "There is no " + what + " " + Shown.quoted(wanted.pattern()) + " (at " + wanted.column()
                        + " of the selection " + Shown.quoted(text) + ").",
                Nearest.of(wanted.pattern(), known, NEAREST));
    }

    private static String firstWord(Selection selection) {
        return switch (selection) {
            case Selection.Everything everything -> "";
            case Selection.Word(Wanted wanted) -> plain(wanted);
            case Selection.Named(Wanted wanted) -> plain(wanted);
            case Selection.InGroup(Wanted wanted) -> plain(wanted);
            case Selection.InEnvironment(Wanted wanted) -> "";
            case Selection.OnPlatform(Wanted wanted) -> "";
            case Selection.Labelled(Wanted label, @Nullable Wanted value) -> "";
            case Selection.Not(Selection of) -> firstWord(of);
            case Selection.Both(Selection left, Selection right) -> firstWord(left);
            case Selection.Either(Selection left, Selection right) -> firstWord(left);
        };
    }

    private static String plain(Wanted wanted) {
        return wanted.pattern().replace("*", "").replace("?", "");
    }

    private List<String> targetNames() {
        List<String> names = new ArrayList<>();
        inventory.targets().forEach(target -> {
            names.add(target.name());
            names.addAll(target.aliases());
        });
        return names;
    }

    private Collection<String> allNames() {
        TreeSet<String> names = new TreeSet<>(targetNames());
        names.addAll(inventory.groups().keySet());
        return names;
    }
}
