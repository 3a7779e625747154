/**
 * Ansible inventories as they are: files and folders in Ansible's INI and YAML forms enter, with the {@code group_vars} and
 * {@code host_vars} beside them; hosts with their groups and the connection variables that hold for each leave. Nothing here
 * may run a program, evaluate an expression, open a vault, follow a name out of its folder, or work without bounds.
 */
@NullMarked
package io.opsconductor.runner.inventory.ansible;

import org.jspecify.annotations.NullMarked;
