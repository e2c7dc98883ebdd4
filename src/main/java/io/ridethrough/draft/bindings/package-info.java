/**
 * Reads YAML bindings of the reference form (lists of sites, machines, VMs, SSH targets, stacks, phases, endpoints,
 * backups that name one another) into a draft of each site. Every contradiction, dangling reference and stale entry is
 * a {@link io.ridethrough.draft.bindings.Finding} with both sides; what matters for safety and nobody said is assumed,
 * never guessed in silence.
 */
@NullMarked
package io.ridethrough.draft.bindings;

import org.jspecify.annotations.NullMarked;
