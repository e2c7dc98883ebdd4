package io.ridethrough.simulation;

import io.ridethrough.journal.Journal;
import io.ridethrough.plan.Intent;
import io.ridethrough.run.Hands;
import io.ridethrough.run.Planning;
import io.ridethrough.run.Resumed;
import java.util.List;

/** The product with one defect, put in at its ports. As it stands here it has none. */
interface Mutant {
    /** The product as it is. */
    Mutant NONE = new Mutant() {};

    default Journal journal(Journal sound) {
        return sound;
    }

    default Hands hands(Hands sound) {
        return sound;
    }

    default Planning planning(Planning sound) {
        return sound;
    }

    default Intent intent(Intent sound) {
        return sound;
    }

    default List<Resumed> resumed(List<Resumed> sound) {
        return sound;
    }
}
