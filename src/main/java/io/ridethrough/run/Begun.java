package io.ridethrough.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ridethrough.plan.Plan;
import java.util.List;

/** What came of asking for a run. */
public sealed interface Begun {
    /** The steps to begin with; empty when nothing begins. */
    List<ReadyStep> roots();

    /** The run goes on under this id. */
    record Running(String run, Plan plan, List<ReadyStep> roots) implements Begun {
        public Running {
            roots = List.copyOf(roots);
        }
    }

    /**
     * A dry run: this is what would be done; nothing was begun.
     *
     * @param gates what each gate would say now, as receipts have it
     */
    record Shown(Plan plan, List<ObjectNode> gates) implements Begun {
        public Shown {
            gates = List.copyOf(gates);
        }

        @Override
        public List<ReadyStep> roots() {
            return List.of();
        }
    }

    /** Nothing was begun, nothing was changed. */
    record Denied(String reason) implements Begun {
        @Override
        public List<ReadyStep> roots() {
            return List.of();
        }
    }
}
