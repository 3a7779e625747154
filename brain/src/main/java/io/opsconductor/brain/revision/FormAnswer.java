package io.opsconductor.brain.revision;

import io.opsconductor.brain.Refusal;

/** The answer to who wants to see a plan's values in a form. */
public sealed interface FormAnswer {
    /** The plan is pending: these are its values. */
    record Shown(EditForm form) implements FormAnswer {}

    /** There is nothing to edit: 404 no such plan, 409 decided or nothing in it, 410 expired, 503 tools not known. */
    record Refused(Refusal refusal) implements FormAnswer {}
}
