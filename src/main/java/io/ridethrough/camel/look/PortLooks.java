package io.ridethrough.camel.look;

import io.ridethrough.contract.Asset;
import io.ridethrough.contract.Control;
import io.ridethrough.contract.Device;
import io.ridethrough.standard.Looks;
import io.ridethrough.standard.Subject;
import io.ridethrough.target.tcp.Knock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Which of the declared ports of a device answer. */
final class PortLooks implements Looks {
    private final Knock knock;

    PortLooks(Knock knock) {
        this.knock = knock;
    }

    @Override
    public CompletionStage<Look> look(Control.Probe probe, Subject subject) {
        Asset asset = subject.asset().orElseThrow();
        if (!(asset instanceof Device device)
                || device.address().isEmpty()
                || device.ports().isEmpty()) {
            return Seeing.seen(Map.of("open", List.of(), "refused", List.of()));
        }
        String address = device.address().get();
        return Seeing.all(device.ports().stream()
                        .map(port -> knock.knock(address, port, probe.limit().dividedBy(2))
                                .thenApply(heard -> Map.entry(port, heard)))
                        .toList())
                .thenApply(PortLooks::knocked);
    }

    /** A port that is silent beside one that refuses tells nothing more: the device is there. */
    private static Look knocked(List<Map.Entry<Integer, Knock.Heard>> all) {
        List<Long> refused = ports(all, Knock.Sign.REFUSED);
        List<Long> open = ports(all, Knock.Sign.ACCEPTED);
        List<String> silent = all.stream()
                .filter(one -> !refused.contains((long) one.getKey()) && !open.contains((long) one.getKey()))
                .map(one -> one.getKey() + ": " + one.getValue().why())
                .toList();
        return silent.isEmpty() || !refused.isEmpty()
                ? new Look.Seen(Map.of("open", open, "refused", refused))
                : new Look.Unseen("no answer at port " + String.join(", ", silent));
    }

    private static List<Long> ports(List<Map.Entry<Integer, Knock.Heard>> all, Knock.Sign sign) {
        return all.stream()
                .filter(one -> one.getValue().sign() == sign)
                .map(one -> (long) one.getKey())
                .toList();
    }
}
