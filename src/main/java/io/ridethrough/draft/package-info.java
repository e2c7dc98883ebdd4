/**
 * Site folders as they are before a person has read them: made from nothing, from bindings, or from what answers.
 * Every explanation in them comes out of the schemas, so that it cannot drift from what is checked. What nobody said
 * is marked {@code assumed}. A folder that exists is never touched.
 */
@NullMarked
package io.ridethrough.draft;

import org.jspecify.annotations.NullMarked;
