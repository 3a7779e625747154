/**
 * Where things are: inventory files and known host keys enter, immutable targets leave, each with the name, account, credential
 * reference and pinned host keys that decide how it is reached. A name that is not known is answered with the nearest
 * ones. It must never fall back to another target, trust a host key nobody pinned, or hold a secret's value.
 */
@NullMarked
package io.opsconductor.runner.inventory;

import org.jspecify.annotations.NullMarked;
