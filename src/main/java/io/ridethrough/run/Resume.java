package io.ridethrough.run;

import java.util.Optional;

/**
 * What may go on: runs that an earlier process left.
 *
 * @param run the run that a person names, even one that must not go on by itself; without it, all others
 */
public record Resume(Optional<String> run, String by, String reason) {
    /** What a process that starts asks for. */
    public static Resume atStart() {
        return new Resume(Optional.empty(), "start", "the process was started anew");
    }

    boolean names(OpenRun open) {
        return run.map(open.id::equals).orElseGet(open::goesOnByItself);
    }
}
