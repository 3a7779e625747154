package io.opsconductor.runner.trail;

import java.io.IOException;
import java.io.PrintWriter;

/** Where exported lines go. */
public interface Lines extends AutoCloseable {
    void add(String line) throws IOException;

    /** Returns when all of it has left. */
    @Override
    void close() throws IOException;

    /** Prints them; the writer stays open. */
    static Lines printed(PrintWriter out) {
        return new Lines() {
            @Override
            public void add(String line) throws IOException {
                out.println(line);
                if (out.checkError()) {
                    throw new IOException("whoever reads the export went away");
                }
            }

            @Override
            public void close() {
                out.flush();
            }
        };
    }
}
