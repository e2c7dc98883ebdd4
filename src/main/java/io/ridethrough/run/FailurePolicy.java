package io.ridethrough.run;

import io.ridethrough.plan.Phase;
import io.ridethrough.plan.Step;
import io.ridethrough.plan.Trigger;
import io.ridethrough.plan.Verb;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a step whose needs have all settled may act (R24): planned shutdown and every startup stop at what others
 * depend on; a power shutdown goes on, since an uncontrolled loss is worse; recovery and verify always report. A node
 * that was not rebooted gets its guests back all the same; the next node is left alone.
 */
final class FailurePolicy {
    /** How every such reason begins. */
    static final String NEED = "need ";

    private FailurePolicy() {}

    /** A reason to refuse, or nothing. {@code needs} holds the outcome of every need of the step. */
    static Optional<String> refusal(Trigger trigger, Step step, Map<Step, Outcome> needs) {
        if (goesOnRegardless(trigger, step)) {
            return Optional.empty();
        }
        List<String> unmet = needs.entrySet().stream()
                .filter(need -> !need.getValue().satisfied())
                .filter(need -> step.phase() == need.getKey().phase()
                        || step.phase() == Phase.PRECHECK
                        || blocksNextPhase(need.getKey()))
                .map(need -> need.getKey().id() + " is " + need.getValue().word())
                .sorted()
                .toList();
        return unmet.isEmpty() ? Optional.empty() : Optional.of(NEED + String.join(", ", unmet));
    }

    private static boolean goesOnRegardless(Trigger trigger, Step step) {
        return switch (step.phase()) {
            case SHUTDOWN -> trigger == Trigger.POWER;
            case RECOVERY, VERIFY -> step.verb() != Verb.PHASE_END;
            case PRECHECK -> step.verb() != Verb.PHASE_END && step.needs().isEmpty();
            case REBOOT, STARTUP -> false;
        };
    }

    /** Only a precheck or a shutdown that did not go well keeps the next phase from beginning. */
    private static boolean blocksNextPhase(Step end) {
        return end.phase() == Phase.PRECHECK || end.phase() == Phase.SHUTDOWN;
    }
}
