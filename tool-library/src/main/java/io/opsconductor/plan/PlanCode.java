package io.opsconductor.plan;

import java.util.Locale;

/**
 * The short code of a plan, which whoever approves something that cannot be undone types: {@code K7M-2QX}. It is made from
 * the plan's digest, so that the code of one plan is no other's, and typing it means having that plan's card before one's
 * eyes. It is no secret: whoever has the digest can make it.
 */
public final class PlanCode {
    /** Crockford's: no letter looks like a digit or another letter. */
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private static final int BITS = 5;
    private static final int LETTERS = 6;
    private static final String DIGEST = "sha256:";

    private PlanCode() {}

    /**
     * The code of a plan: three letters or digits, a hyphen, three more.
     *
     * @param digest as {@link io.opsconductor.json.Digest} writes it
     * @throws IllegalArgumentException when it is no digest
     */
    public static String of(String digest) {
        if (!digest.matches(DIGEST + "[0-9a-f]{64}")) {
            throw new IllegalArgumentException("no digest: " + Visible.escape(digest));
        }
        long bits = Long.parseLong(digest, DIGEST.length(), DIGEST.length() + 8, 16) >>> (32 - BITS * LETTERS);
        StringBuilder code = new StringBuilder();
        for (int letter = LETTERS - 1; letter >= 0; letter--) {
            code.append(ALPHABET.charAt((int) (bits >>> (letter * BITS)) & (ALPHABET.length() - 1)));
        }
        return code.insert(LETTERS / 2, '-').toString();
    }

    /** Whether a preview is approved only by whoever types its code. */
    public static boolean isAskedFor(Preview preview) {
        return isAskedFor(preview.effect());
    }

    /** As {@link #isAskedFor(Preview)}, by the greatest effect of a plan. */
    public static boolean isAskedFor(Effect effect) {
        return effect == Effect.DESTROY;
    }

    /**
     * Whether somebody typed the code of a plan: small letters, missing hyphens and spaces around do not matter, and what
     * looks like a digit is one.
     */
    public static boolean isTyped(String typed, String digest) {
        return typed.length() <= 40 && letters(typed).equals(letters(of(digest)));
    }

    private static String letters(String code) {
        return code.toUpperCase(Locale.ROOT)
                .replaceAll("[ -]", "")
                .replace('O', '0')
                .replace('I', '1')
                .replace('L', '1');
    }
}
