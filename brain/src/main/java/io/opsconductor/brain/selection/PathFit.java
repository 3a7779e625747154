package io.opsconductor.brain.selection;

import io.opsconductor.brain.intent.Entity;
import io.opsconductor.brain.language.Language;
import io.opsconductor.brain.language.Reading;
import io.opsconductor.brain.language.Stems;
import io.opsconductor.tool.CatalogueEntry;
import io.opsconductor.tool.ParameterType;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How well the paths that a request names are of the kind that a tool takes: a log, another file, a folder, an archive, a certificate. */
final class PathFit {
    private static final double KIND_OF_PATH = 0.15;
    private static final double SPECIAL_PATH = 0.15;
    private static final Pattern ARCHIVE =
            Pattern.compile("(?i)[.](tar|tgz|tbz2?|txz|zip|7z|rar|jar|war|gz|bz2|xz|zst)$");
    private static final Pattern CERTIFICATE = Pattern.compile("(?i)[.](pem|crt|cer|der|pfx|p12)$");
    private static final Pattern LOG_FILE = Pattern.compile("(?i)[.](log|err|out)([.\\d]+)?$|/logs?/.*[^/]$");
    private static final Pattern HAS_ENDING = Pattern.compile("[^/][.](?!d$)\\p{Alnum}{1,5}$");

    private final Reading reading;
    private final Language language;
    /** "the file /etc/fstab": what the ending of the path does not say. */
    private final boolean saysFile;

    PathFit(Reading reading, Language language) {
        this.reading = reading;
        this.language = language;
        this.saysFile = reading.words().stream().anyMatch(word -> word.lower().equals("file"));
    }

    /** For the kind of path that it takes, and against a tool for folders where a file is named. */
    double of(CatalogueEntry tool, String path) {
        double special = special(tool, path);
        if (takesKind(tool, path, saysFile, language)) {
            return KIND_OF_PATH + special;
        }
        if (special != 0) {
            return special;
        }
        boolean folders = paths(tool) == 1
                && (saysFile || HAS_ENDING.matcher(path).find())
                && takesKind(tool, "/", false, language);
        return folders ? -KIND_OF_PATH : 0;
    }

    /** "/backup/db.tar.gz" for what looks into archives, "/etc/ssl/web.pem" for what looks at certificates; such a tool is for no other file. */
    private double special(CatalogueEntry tool, String path) {
        boolean archive = ARCHIVE.matcher(path).find();
        boolean certificate = CERTIFICATE.matcher(path).find();
        boolean forArchives = takes(tool, "archive", language);
        boolean forCertificates = takes(tool, "certificate", language);
        if ((archive && forArchives) || (certificate && forCertificates)) {
            return SPECIAL_PATH;
        }
        boolean other = forArchives && !archive && paths(tool) == 1;
        return other ? -SPECIAL_PATH - KIND_OF_PATH : 0;
    }

    private static long paths(CatalogueEntry tool) {
        return tool.parameters().stream()
                .filter(parameter -> parameter.type() == ParameterType.PATH)
                .count();
    }

    /** How well every path that is named is of the kind that the tool takes: above 0 for its kind, below for another one. */
    double ofAll(CatalogueEntry tool) {
        return reading.entities().stream()
                .filter(PathFit::isPath)
                .mapToDouble(entity -> of(tool, ((Entity.Value) entity).value()))
                .min()
                .orElse(0);
    }

    /** Whether every path that is named is of a kind that the tool takes. */
    boolean takesAll(CatalogueEntry tool) {
        return ofAll(tool) >= 0;
    }

    /** Whether a path among what is named is of the kind that the tool takes: a log file, another file, a folder. */
    static boolean isFor(CatalogueEntry tool, List<Entity> own, Language language) {
        return own.stream()
                .anyMatch(entity -> entity instanceof Entity.Value value
                        && value.type() == ParameterType.PATH
                        && takesKind(tool, value.value(), false, language));
    }

    private static boolean takesKind(CatalogueEntry tool, String path, boolean saysFile, Language language) {
        String kind = LOG_FILE.matcher(path).find()
                ? "log"
                : saysFile || HAS_ENDING.matcher(path).find() ? "file" : "directory";
        return takes(tool, kind, language);
    }

    /** Whether the description of a path that it must have speaks of that kind. */
    private static boolean takes(CatalogueEntry tool, String kind, Language language) {
        return tool.parameters().stream()
                .filter(parameter -> parameter.type() == ParameterType.PATH && parameter.required())
                // Its example of a path says nothing: "The folder, such as /var/log" is for no log.
                .map(parameter -> parameter.description().replaceAll("\\S*/\\S*", " "))
                .flatMap(description -> Stream.of(description.split("[^\\p{L}]+", -1)))
                .map(word -> Stems.stem(word.toLowerCase(Locale.ROOT)))
                .anyMatch(stem -> language.concepts(stem).contains(kind));
    }

    /** Whether a path is named. */
    static boolean isNamed(List<Entity> own) {
        return own.stream().anyMatch(PathFit::isPath);
    }

    /** How well a path fits at least that is just of a tool's kind. */
    static double ofKind(boolean special) {
        return special ? KIND_OF_PATH + SPECIAL_PATH : KIND_OF_PATH;
    }

    /** Whether a path among what is named is one of a file, by its ending or its place among the logs. */
    static boolean namesFile(List<Entity> own) {
        return own.stream()
                .anyMatch(entity -> entity instanceof Entity.Value value
                        && value.type() == ParameterType.PATH
                        && (LOG_FILE.matcher(value.value()).find()
                                || HAS_ENDING.matcher(value.value()).find()));
    }

    private static boolean isPath(Entity entity) {
        return entity instanceof Entity.Value value && value.type() == ParameterType.PATH;
    }
}
