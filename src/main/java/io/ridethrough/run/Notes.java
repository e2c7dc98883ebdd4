package io.ridethrough.run;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ridethrough.contract.AssetId;
import io.ridethrough.journal.Journal;
import io.ridethrough.plan.Step;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The journal's bodies: the words in which a run is written down. */
final class Notes {
    static final String RUN_BEGUN = "run-begun";
    static final String OBSERVED = "observed";
    static final String INTENTION = "intention";
    static final String ANSWERED = "answered";
    static final String SETTLED = "settled";
    static final String RUN_CLOSED = "run-closed";
    static final String STANDING = "standing";
    static final String HOLD = "hold";
    static final String RELEASE = "release";

    private static final Logger LOG = LoggerFactory.getLogger(Notes.class);

    private Notes() {}

    /**
     * Takes a note that nobody has to wait for: it reaches the disk before every later record, so that no intention
     * stands there without what led to it. A loss is told in the log.
     */
    static void keep(Journal journal, String run, String kind, ObjectNode body) {
        journal.appendSoon(Optional.of(run), kind, body).exceptionally(trouble -> {
            LOG.atError().setCause(trouble).addKeyValue("run", run).log("A record was not stored: {}", kind);
            return null;
        });
    }

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

    static ObjectNode intention(Step step, Rung rung) {
        return of(step).put("force", rung.force().name())
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
