/**
 * Names and bytes in, {@link io.ridethrough.contract.Contracts} or every diagnostic at once out.
 *
 * <p>Three passes: YAML to a tree with places, JSON Schema for shape, rules across files; records are bound only when
 * all three are silent. Imports the contract records and nothing else of ours; reads no file. Invariant: no input makes
 * it throw or use memory out of proportion to its size.
 */
@NullMarked
package io.ridethrough.contract.load;

import org.jspecify.annotations.NullMarked;
