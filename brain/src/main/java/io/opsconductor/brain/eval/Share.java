package io.opsconductor.brain.eval;

/**
 * So many of so many.
 *
 * @param right 0 to {@code all}
 * @param all 0 or more
 */
public record Share(int right, int all) {
    static final Share NONE = new Share(0, 0);

    Share plus(Share other) {
        return new Share(right + other.right, all + other.all);
    }

    /** 0 to 1; 1 of nothing, because nothing went wrong. */
    public double value() {
        return all == 0 ? 1 : (double) right / all;
    }
}
