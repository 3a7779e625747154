/**
 * Configuration: a YAML file and the environment enter, typed and bounded values leave, with every mistake reported
 * at once. It must never default to something unlimited or print a secret.
 */
@NullMarked
package io.opsconductor.kit.config;

import org.jspecify.annotations.NullMarked;
