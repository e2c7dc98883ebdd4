package io.ridethrough.plan;

import io.ridethrough.contract.Asset;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Control;
import io.ridethrough.contract.Site;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The hard stops of a run that takes something down: each control that is a gate, for every asset of its kind that goes
 * down or carries what does.
 */
final class Gates {
    /** One question. */
    record Gate(String control, AssetId asset) {}

    private static final Set<Control.Kind> MACHINES = EnumSet.of(Control.Kind.NODE, Control.Kind.NAS);

    private Gates() {}

    /**
     * By control and asset, in a fixed order.
     *
     * @param machines only of nodes and NAS: in an emergency nobody is asked more than what may change its manner
     */
    static List<Gate> of(Contracts contracts, Choices choices, boolean machines) {
        Set<AssetId> concerned = new TreeSet<>(choices.selected());
        concerned.addAll(choices.precheck().keySet());
        List<Gate> gates = new ArrayList<>();
        for (Site site : contracts.sites().values()) {
            for (Control control : contracts.standard().controls()) {
                boolean asked = !machines || MACHINES.contains(control.kind());
                if (control.gate() == Control.Gate.SHUTDOWN && asked) {
                    control.kind().of(site).stream()
                            .map(Asset::id)
                            .filter(concerned::contains)
                            .forEach(asset -> gates.add(new Gate(control.id(), asset)));
                }
            }
        }
        return gates;
    }

    /** Whether any run of these contracts has one. */
    static boolean declared(Contracts contracts) {
        return contracts.standard().controls().stream().anyMatch(control -> control.gate() == Control.Gate.SHUTDOWN);
    }
}
