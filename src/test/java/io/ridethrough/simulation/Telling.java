package io.ridethrough.simulation;

import io.ridethrough.contract.Asset;
import java.util.stream.Collectors;

/** Tells people what a seed has drawn. */
final class Telling {
    private Telling() {}

    static String of(Drawn drawn) {
        String assets = drawn.contracts().assets().values().stream()
                .sorted(java.util.Comparator.comparing(Asset::id))
                .map(asset -> "  " + asset.getClass().getSimpleName() + " " + asset.id() + " needs " + asset.needs()
                        + " through " + asset.reachedThrough())
                .collect(Collectors.joining("\n"));
        String faults = drawn.faults().stream().map(fault -> "  " + fault).collect(Collectors.joining("\n"));
        return "sites:\n" + assets + "\nstopped: " + drawn.stopped() + ", keeps records: " + drawn.keepsRecords()
                + "\nplot: " + drawn.plot().outages() + " at " + drawn.plot().dark() + "\n      "
                + drawn.plot().asked() + "\n      " + drawn.plot().holds() + " stops "
                + drawn.plot().stops()
                + "\nfaults:\n" + faults + "\ndeaths: " + drawn.deaths();
    }
}
