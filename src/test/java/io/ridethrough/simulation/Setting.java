package io.ridethrough.simulation;

import io.ridethrough.run.MemoryJournal;

/** What outlives the processes of one story. */
record Setting(
        Machine machine,
        RunRoutes routes,
        History history,
        MemoryJournal disk,
        World world,
        Judge judge,
        Mutant mutant) {}
