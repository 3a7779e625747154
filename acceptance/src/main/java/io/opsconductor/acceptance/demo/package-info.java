/**
 * Three SSH servers that a newcomer can operate at once, without owning a machine to practise on. A
 * directory enters; real servers, and the inventory, host keys and policy that describe them, leave. Commands
 * run as the person who started the demo, so it must never listen beyond loopback unless a container of its own is told a
 * name for it, accept anything but its own key, or reach the machine's real services.
 */
@NullMarked
package io.opsconductor.acceptance.demo;

import org.jspecify.annotations.NullMarked;
