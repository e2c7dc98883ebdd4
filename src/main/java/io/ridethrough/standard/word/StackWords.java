package io.ridethrough.standard.word;

import io.ridethrough.contract.Stack;
import java.util.List;

/** What is said of a stack. */
final class StackWords {
    static final List<Word<Stack>> ALL = List.of(
            Word.text("asset.project", (stack, at) -> stack.project()),
            Word.text("asset.path", (stack, at) -> stack.path()));

    private StackWords() {}
}
