/**
 * The product as a stranger's program meets it: the launcher's commands and the public chat API. Tests and benches enter
 * here; nothing here may look inside a process.
 */
@NullMarked
package io.opsconductor.acceptance.product;

import org.jspecify.annotations.NullMarked;
