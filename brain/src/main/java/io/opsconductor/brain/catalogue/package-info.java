/**
 * What the brain knows of tools and targets: the runner's catalogue and target names enter, one immutable snapshot
 * leaves. It must never hold a template, an address or a credential.
 */
@NullMarked
package io.opsconductor.brain.catalogue;

import org.jspecify.annotations.NullMarked;
