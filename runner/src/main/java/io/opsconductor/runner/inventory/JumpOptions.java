package io.opsconductor.runner.inventory;

import io.opsconductor.runner.inventory.ansible.Words;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds in options for ssh what leads through another host. */
final class JumpOptions {
    private JumpOptions() {}

    /**
     * The option that leads through another host.
     *
     * @param words null when they could not be told apart, which is taken for the worst
     * @return empty when there is none
     */
    static String of(@Nullable List<Words.Word> words) {
        if (words == null) {
            return "options that cannot be read";
        }
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i).text();
            String next = i + 1 < words.size() ? words.get(i + 1).text() : "";
            String option = word.equals("-o") ? next : word.startsWith("-o") ? word.substring(2) : "";
            String folded = option.toLowerCase(Locale.ROOT).replace(" ", "=");
            if (word.startsWith("-J")) {
                return "-J";
            }
            if (folded.startsWith("proxyjump=") && !folded.equals("proxyjump=none")) {
                return "ProxyJump";
            }
            if (folded.startsWith("proxycommand=") && !folded.equals("proxycommand=none")) {
                return "ProxyCommand";
            }
            if (word.startsWith("-F")) {
                return "-F, a file of its own";
            }
        }
        return "";
    }
}
