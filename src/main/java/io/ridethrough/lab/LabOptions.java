package io.ridethrough.lab;

import java.nio.file.Path;

/**
 * How a lab runs.
 *
 * @param speed how many simulated seconds pass in a real one, above 0
 * @param stateDir where keys, known_hosts and events.log are written
 */
public record LabOptions(double speed, Path stateDir) {
    public LabOptions {
        if (!(speed > 0)) {
            throw new IllegalArgumentException("speed must be above 0, not " + speed);
        }
    }
}
