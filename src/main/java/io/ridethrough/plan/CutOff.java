package io.ridethrough.plan;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Ups;
import java.util.NavigableSet;
import java.util.Optional;

/**
 * A UPS that is declared to cut its load, in a shutdown by power (R35).
 *
 * @param machines the nodes and NAS that it feeds
 * @param missing why this shutdown leaves its load on
 */
record CutOff(Ups ups, NavigableSet<AssetId> machines, Optional<String> missing) {}
