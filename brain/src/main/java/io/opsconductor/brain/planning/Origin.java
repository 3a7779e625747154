package io.opsconductor.brain.planning;

/** Where a value of a plan comes from. There is no origin for what a model thought of itself. */
enum Origin {
    /** It stands in the words of the request. */
    USER,
    /** It stands in another part of what the person wrote. */
    CONTEXT,
    /** It is a name of the inventory to which the words of the request lead. */
    INVENTORY,
    /** It is what the tool takes when nothing is said. */
    DEFAULT
}
