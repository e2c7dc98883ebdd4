package io.ridethrough.camel.look;

import io.ridethrough.contract.Asset;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Control;
import io.ridethrough.contract.Device;
import io.ridethrough.contract.Nas;
import io.ridethrough.contract.Node;
import io.ridethrough.contract.PortMap;
import io.ridethrough.contract.Posture;
import io.ridethrough.contract.Site;
import io.ridethrough.contract.WakeWay;
import io.ridethrough.standard.Looks;
import io.ridethrough.standard.Subject;
import io.ridethrough.target.unifi.UnifiAsk;
import io.ridethrough.target.unifi.UnifiTold;
import io.ridethrough.target.way.Way;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a network controller knows of the ports of switches, measured by the port maps of its site. */
final class SwitchPortLooks implements Looks {
    private static final int UNTAGGED = 1;

    private final Way<UnifiAsk> controllers;

    SwitchPortLooks(Way<UnifiAsk> controllers) {
        this.controllers = controllers;
    }

    /** Both answers of the controller, of one site. */
    private record Told(Site site, UnifiTold.Wiring wiring, UnifiTold.PortNetworks networks) {}

    @Override
    public CompletionStage<Look> look(Control.Probe probe, Subject subject) {
        AssetId controller = subject.id();
        return controllers
                .ask(controller, new UnifiAsk.Wiring())
                .thenCombine(controllers.ask(controller, new UnifiAsk.PortNetworks()), (wiring, networks) -> {
                    if (!(wiring instanceof UnifiTold.Wiring ports)) {
                        return new Look.Unseen(wiring.words());
                    }
                    return Seeing.as(
                            networks,
                            UnifiTold.PortNetworks.class,
                            on -> compared(new Told(subject.site(), ports, on)));
                });
    }

    private static Map<String, Object> compared(Told told) {
        List<String> away = new ArrayList<>();
        List<String> onAnother = new ArrayList<>();
        List<String> poe = new ArrayList<>();
        List<String> budget = new ArrayList<>();
        List<String> elsewhere = new ArrayList<>();
        told.site().posture().portMaps().forEach((id, map) -> {
            Optional<UnifiTold.Switch> seen = seen(told, id);
            if (seen.isEmpty()) {
                away.add(id.name());
                return;
            }
            overBudget(seen.get(), map).ifPresent(why -> budget.add(id.name() + " " + why));
            for (PortMap.Port port : map.ports()) {
                String where = id.name() + " port " + port.number() + " ";
                onAnother(told, seen.get(), port).ifPresent(why -> onAnother.add(where + why));
                otherPoe(seen.get(), port).ifPresent(why -> poe.add(where + why));
                carriedElsewhere(told, seen.get(), port).ifPresent(why -> elsewhere.add(where + why));
            }
        });
        return Map.of(
                "switches_away", away,
                "on_another_network", onAnother,
                "poe_otherwise", poe,
                "over_budget", budget,
                "carried_elsewhere", elsewhere);
    }

    private static Optional<UnifiTold.Switch> seen(Told told, AssetId id) {
        Set<String> macs = told.site().devices().stream()
                .filter(device -> device.id().equals(id))
                .flatMap(device -> macs(device).stream())
                .collect(Collectors.toSet());
        return told.wiring().switches().stream()
                .filter(one -> macs.contains(one.mac()))
                .findFirst();
    }

    private static Optional<String> onAnother(Told told, UnifiTold.Switch at, PortMap.Port port) {
        if (port.network().isEmpty()) {
            return Optional.empty();
        }
        Posture.Segment meant = port.network().get();
        Optional<UnifiTold.Network> on = told.networks().ports().stream()
                .filter(one -> one.mac().equals(at.mac()) && one.port() == port.number())
                .flatMap(one -> one.network().stream())
                .findFirst();
        String belongs = ", not on " + meant.id() + " (VLAN " + meant.vlan() + ")";
        if (on.isEmpty()) {
            return Optional.of("does not say its network" + belongs);
        }
        int vlan = on.get().vlan().orElse(UNTAGGED);
        return vlan == meant.vlan()
                ? Optional.empty()
                : Optional.of("is on " + on.get().name() + " (VLAN " + vlan + ")" + belongs);
    }

    private static Optional<String> otherPoe(UnifiTold.Switch at, PortMap.Port port) {
        if (port.poe().isEmpty()) {
            return Optional.empty();
        }
        boolean meant = port.poe().get();
        Optional<UnifiTold.Port> seen =
                at.ports().stream().filter(one -> one.index() == port.number()).findFirst();
        if (seen.isEmpty()) {
            return Optional.of("is not there");
        }
        UnifiTold.Poe poe = seen.get().poe();
        if (meant == (poe == UnifiTold.Poe.ON)) {
            return Optional.empty();
        }
        return Optional.of(
                meant ? poe == UnifiTold.Poe.OFF ? "has its PoE off" : "cannot give PoE" : "gives PoE, and is not to");
    }

    /** By what is declared, and by what it can give. */
    private static Optional<String> overBudget(UnifiTold.Switch at, PortMap map) {
        if (map.budget().isPresent() && at.budget().isEmpty()) {
            return Optional.of("does not say what it can give");
        }
        double can = at.budget().orElse(Double.MAX_VALUE);
        if (map.budget().isPresent() && can < map.budget().getAsInt()) {
            return Optional.of(watts(can) + " W at most, " + map.budget().getAsInt() + " W are declared");
        }
        return at.watts() > can ? Optional.of("gives " + watts(at.watts()) + " W of " + watts(can)) : Optional.empty();
    }

    private static String watts(double watts) {
        return String.format(Locale.ROOT, "%.1f", watts);
    }

    private static Optional<String> carriedElsewhere(Told told, UnifiTold.Switch at, PortMap.Port port) {
        if (port.carries().isEmpty()) {
            return Optional.empty();
        }
        AssetId meant = port.carries().get();
        Set<String> macs = Stream.<List<? extends Asset>>of(
                        told.site().nodes(), told.site().nases(), told.site().devices())
                .flatMap(List::stream)
                .filter(asset -> asset.id().equals(meant))
                .flatMap(asset -> macs(asset).stream())
                .collect(Collectors.toSet());
        List<UnifiTold.Client> seen = told.wiring().clients().stream()
                .filter(client -> macs.contains(client.mac()) && client.port().isPresent())
                .toList();
        boolean there = seen.stream()
                .anyMatch(client -> client.at().filter(at.mac()::equals).isPresent()
                        && client.port().getAsInt() == port.number());
        if (there) {
            return Optional.empty();
        }
        return Optional.of("does not carry " + meant.name() + ", which "
                + seen.stream()
                        .map(client -> "is at port " + client.port().getAsInt() + " of "
                                + client.at().orElse("?"))
                        .findFirst()
                        .orElse("is not seen"));
    }

    private static List<String> macs(Asset asset) {
        List<String> macs = new ArrayList<>();
        if (asset instanceof Device device) {
            macs.addAll(device.macs());
        } else if (asset instanceof Node node) {
            node.wake().forEach(way -> macs.addAll(macs(way)));
        } else if (asset instanceof Nas nas) {
            nas.wake().forEach(way -> macs.addAll(macs(way)));
        }
        return macs.stream().map(mac -> mac.toLowerCase(Locale.ROOT)).toList();
    }

    private static List<String> macs(WakeWay way) {
        return way instanceof WakeWay.WakeOnLan lan ? lan.macs() : List.of();
    }
}
