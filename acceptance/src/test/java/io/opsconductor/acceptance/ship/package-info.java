/**
 * What is shipped to clusters and container engines: the Helm chart, the compose file and the recipe of the images, read as
 * their users' tools read them. No cluster and no container engine is needed for it.
 */
@NullMarked
package io.opsconductor.acceptance.ship;

import org.jspecify.annotations.NullMarked;
