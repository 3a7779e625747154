/**
 * What the runner remembers: the previews it issued, the executions it accepted, how each target of each step ended, and
 * the events that tell so; long outputs are files beside the database, or rows of it where several runners share it. Values enter and leave as records. It must never let
 * an execution id or an approved digest be used twice, or forget that a target was started.
 */
@NullMarked
package io.opsconductor.runner.store;

import org.jspecify.annotations.NullMarked;
