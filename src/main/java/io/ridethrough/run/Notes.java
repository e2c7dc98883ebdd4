package io.ridethrough.run;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ridethrough.contract.AssetId;
import io.ridethrough.plan.Step;

/** The journal's bodies: the words in which a run is written down. */
final class Notes {
    static final String RUN_BEGUN = "run-begun";
    static final String OBSERVED = "observed";
    static final String INTENTION = "intention";
    static final String ANSWERED = "answered";
    static final String SETTLED = "settled";
    static final String RUN_CLOSED = "run-closed";
    /** A run is told to begin nothing more. */
    static final String RUN_STOPPED = "run-stopped";
    /** A process that was started anew goes on with a run. */
    static final String RUN_RESUMED = "run-resumed";

    /** Every machine of the hand-over is about to be told when to power off. */
    static final String SEALED = "sealed";
    /** A machine is about to be told not to power off after all. */
    static final String CALLED_BACK = "called-back";

    /** What else works on an asset is about to be aborted, for an emergency. */
    static final String INTERRUPTED = "interrupted";

    /** The contracts of a digest, word for word. */
    static final String CONTRACTS = "contracts-sealed";

    /** A person's word about one step of a run (R33). */
    static final String RULED = "overridden";

    static final String STANDING = "standing";
    /** A person accepts that the journal begins anew. */
    static final String ACCEPTED = "journal-accepted";

    /** A process began in the middle of an outage that a process before it may have acted in without a record (R38). */
    static final String ENTERED = "entered-in-outage";

    /** What the high availability of a cluster was asked for, before it is told to ignore its guests (R40). */
    static final String HA_KEPT = "ha-kept";

    static final String HOLD = "hold";
    static final String RELEASE = "release";

    private Notes() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ObjectNode of(Step step) {
        ObjectNode body = object();
        body.put("step", step.id().value());
        body.put("verb", step.verb().name());
        step.asset().map(AssetId::toString).ifPresent(asset -> body.put("asset", asset));
        return body;
    }

    static ObjectNode observed(Step step, Sight sight) {
        return of(step).put("sight", sight.getClass().getSimpleName()).put("evidence", sight.evidence());
    }

    /** @param place the rung's place on the ladder, from 0 */
    static ObjectNode intention(Step step, Rung rung, int place) {
        return of(step).put("rung", place)
                .put("way", rung.way())
                .put("force", rung.force().name())
                .put("patience", rung.patience().toString());
    }

    static ObjectNode answered(Step step, Answer answer) {
        return of(step).put("answer", answer.getClass().getSimpleName()).put("evidence", answer.evidence());
    }

    static ObjectNode settled(Settled settled) {
        ObjectNode body = of(settled.step())
                .put("outcome", settled.outcome().word())
                .put("evidence", settled.outcome().evidence())
                .put("begun", settled.begun().toString())
                .put("took", settled.took().toString());
        if (settled.outcome() instanceof Outcome.Done done && done.forced()) {
            body.put("forced", true);
        }
        return body;
    }
}
