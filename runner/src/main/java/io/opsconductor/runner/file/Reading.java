package io.opsconductor.runner.file;

import java.nio.file.Path;
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
    record Good<T>(T value, List<FileProblem> warnings, List<Path> files) implements Reading<T> {
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
    record Bad<T>(List<FileProblem> problems, List<Path> files) implements Reading<T> {
        public Bad {
            problems = List.copyOf(problems);
            files = List.copyOf(files);
        }
    }
}
