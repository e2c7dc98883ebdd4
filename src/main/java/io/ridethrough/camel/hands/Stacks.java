package io.ridethrough.camel.hands;

import io.ridethrough.contract.Stack;
import io.ridethrough.plan.Step;
import java.util.Optional;

/** Finds a step's stack. */
final class Stacks {
    private Stacks() {}

    static Optional<Stack> of(Tools tools, Step step) {
        return step.asset()
                .flatMap(tools.contracts()::asset)
                .filter(Stack.class::isInstance)
                .map(Stack.class::cast);
    }
}
