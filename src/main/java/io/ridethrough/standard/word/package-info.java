/**
 * The words that expectations of controls are written in: one table for each kind of thing, a line a word.
 *
 * <p>Arrows: reads {@code contract}. Invariant: a word has one type, and what it stands for is of that type.
 */
@NullMarked
package io.ridethrough.standard.word;

import org.jspecify.annotations.NullMarked;
