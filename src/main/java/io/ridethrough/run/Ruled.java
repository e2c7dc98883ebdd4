package io.ridethrough.run;

import java.util.List;

/** What came of a person's word about one step. */
public sealed interface Ruled {
    /** The steps that are to be done again now. */
    List<ReadyStep> ready();

    /**
     * It is in the journal and has its effect.
     *
     * @param givesUp what nobody makes sure of any more, for people
     */
    record Taken(Ruling ruling, String givesUp, List<ReadyStep> ready) implements Ruled {
        public Taken {
            ready = List.copyOf(ready);
        }
    }

    /** Nothing was changed. */
    record Denied(String reason) implements Ruled {
        @Override
        public List<ReadyStep> ready() {
            return List.of();
        }
    }
}
