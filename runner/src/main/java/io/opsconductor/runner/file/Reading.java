package io.opsconductor.runner.file;

import io.opsconductor.yaml.Finding;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/** What came of reading a file or several: a value, or every mistake. */
public sealed interface Reading<T> {
    /** All files and folders whose change can change the reading, existing or not. */
    List<Path> files();

    /**
     * The files are good.
     *
     * @param value what they say
     * @param warnings what is allowed and should still be looked at, such as a key file that everybody may read
     */
    record Good<T>(T value, List<Finding> warnings, List<Path> files) implements Reading<T> {
        public Good {
            warnings = List.copyOf(warnings);
            files = List.copyOf(files);
        }
    }

    /**
     * The files cannot be used.
     *
     * @param problems at least one, by file and place
     */
    record Bad<T>(List<Finding> problems, List<Path> files) implements Reading<T> {
        public Bad {
            problems = problems.stream()
                    .sorted(Comparator.comparing(Finding::file)
                            .thenComparingInt(p -> p.place().line())
                            .thenComparingInt(p -> p.place().column()))
                    .toList();
            files = List.copyOf(files);
        }
    }
}
