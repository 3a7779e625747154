package io.opsconductor.runner.credential;

import java.nio.file.Path;

/** Where a secret is kept. It is a reference: holding one reveals nothing. */
public sealed interface SecretSource {
    /** For people: names the place, never the content. */
    String description();

    /** A file's bytes, such as a mounted Kubernetes Secret. */
    record InFile(Path file) implements SecretSource {
        @Override
        public String description() {
            return "file " + file;
        }
    }

    /** An environment variable of the runner. */
    record InEnvironment(String variable) implements SecretSource {
        @Override
        public String description() {
            return "environment variable " + variable;
        }
    }

    /** A file that is encrypted with age. */
    record InAgeFile(Path file) implements SecretSource {
        @Override
        public String description() {
            return "encrypted file " + file;
        }
    }
}
