package io.ridethrough.standard;

import io.ridethrough.contract.Control;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Asks targets for what controls are about. Only looks: nothing changes by it. Thread-safe. */
@FunctionalInterface
public interface Looks {
    /** What the probe tells of the subject; within the probe's limit, and without throwing. */
    CompletionStage<Look> look(Control.Probe probe, Subject subject);

    /** What came of it. */
    sealed interface Look {
        /** Values by the words of the vocabulary, without their {@code seen.}. */
        record Seen(Map<String, Object> values) implements Look {
            public Seen {
                values = Map.copyOf(values);
            }
        }

        /** Nothing that could be judged. */
        record Unseen(String why) implements Look {}
    }
}
