package io.ridethrough.lab;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Device;
import io.ridethrough.contract.Guest;
import io.ridethrough.contract.Nas;
import io.ridethrough.contract.Node;
import io.ridethrough.contract.Site;
import io.ridethrough.contract.Stack;
import io.ridethrough.contract.Ups;
import io.ridethrough.lab.host.Fault;
import io.ridethrough.lab.host.Fault.Interface.How;
import io.ridethrough.lab.host.Fault.Interface.Surface;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * In which ways one asset can be made to fail: those that something of the lab heeds, and no other, so that no fault is set
 * that changes nothing.
 *
 * @param own the faults of the asset itself
 * @param spoken those of the interface of its own
 */
record Failings(AssetId asset, Set<Class<? extends Fault>> own, Set<Fault.Interface> spoken) {
    private static final Set<How> EVERY_WAY = EnumSet.allOf(How.class);
    /** A token that may do less is no matter of theirs: either it may do what it is for, or nothing. */
    private static final Set<How> ALL_OR_NO_RIGHTS = EnumSet.complementOf(EnumSet.of(How.FEWER_RIGHTS));
    /** No proxy stands before a plug, and what it may is the broker's to say. */
    private static final Set<How> OF_A_PLUG =
            EnumSet.of(How.GONE, How.SILENT, How.LATE, How.WRONG_ONCE, How.DROPS, How.PRETENDS);

    Failings {
        own = Set.copyOf(own);
        spoken = Set.copyOf(spoken);
    }

    /** Those of that asset, or UPS. */
    static Failings of(Contracts contracts, AssetId asset) {
        Failings all = new Failings(asset, own(contracts, asset), spoken(contracts, asset));
        if (all.own().isEmpty() && all.spoken().isEmpty()) {
            throw new IllegalArgumentException(
                    "nothing of " + asset + " can be made to fail: no such asset is declared");
        }
        return all;
    }

    /** @throws IllegalArgumentException when that is none of them */
    void require(Fault fault) {
        boolean heeded = fault instanceof Fault.Interface one ? spoken.contains(one) : own.contains(fault.getClass());
        if (!heeded) {
            throw new IllegalArgumentException(asset + " cannot fail in this way: " + fault);
        }
    }

    private static Set<Class<? extends Fault>> own(Contracts contracts, AssetId id) {
        Set<Class<? extends Fault>> all = new HashSet<>();
        contracts.asset(id).ifPresent(asset -> {
            if (asset instanceof Node || asset instanceof Nas || asset instanceof Guest) {
                all.addAll(Set.of(Fault.Hang.class, Fault.Refuse.class, Fault.Slow.class));
            } else if (asset instanceof Stack) {
                all.addAll(Set.of(Fault.Hang.class, Fault.Slow.class));
            } else if (asset instanceof Device && !contracts.plugs().containsKey(id)) {
                all.add(Fault.Refuse.class);
            }
        });
        if (contracts.interfaces().containsKey(id)) {
            all.add(Fault.Hang.class);
        }
        return all;
    }

    private static Set<Fault.Interface> spoken(Contracts contracts, AssetId id) {
        Set<Fault.Interface> all = new HashSet<>();
        Optional.ofNullable(contracts.sites().get(id.site())).ifPresent(site -> {
            boolean isNode = site.nodes().stream()
                    .anyMatch(node -> node.id().equals(id) && node.api().isPresent());
            boolean isNas = site.nases().stream()
                    .anyMatch(nas -> nas.id().equals(id) && nas.api().isPresent());
            if (isNode || contracts.managements().containsKey(id) || tellsByNut(site, id)) {
                all.addAll(each(EVERY_WAY, Surface.EVERY));
            }
            if (isNas) {
                all.addAll(each(ALL_OR_NO_RIGHTS, Surface.EVERY));
            }
            if (site.controllers().stream().anyMatch(one -> one.runsOn().equals(id))) {
                all.addAll(each(EVERY_WAY, Surface.EVERY));
                all.addAll(each(ALL_OR_NO_RIGHTS, Surface.INTEGRATION));
                all.addAll(each(ALL_OR_NO_RIGHTS, Surface.CLASSIC));
            }
            if (site.homeAssistant().filter(home -> home.guest().equals(id)).isPresent()) {
                all.addAll(each(ALL_OR_NO_RIGHTS, Surface.EVERY));
                all.addAll(each(ALL_OR_NO_RIGHTS, Surface.REST));
                all.addAll(each(ALL_OR_NO_RIGHTS, Surface.SOCKET));
            }
            if (contracts.plugs().containsKey(id)) {
                all.addAll(each(OF_A_PLUG, Surface.EVERY));
            }
        });
        return all;
    }

    private static boolean tellsByNut(Site site, AssetId id) {
        return site.power().upses().stream()
                .filter(ups -> ups.nut().isPresent())
                .map(Ups::id)
                .anyMatch(id::equals);
    }

    private static Set<Fault.Interface> each(Set<How> ways, Surface on) {
        Set<Fault.Interface> all = new HashSet<>();
        ways.stream()
                .filter(how -> how != How.GONE || on == Surface.EVERY)
                .forEach(how -> all.add(new Fault.Interface(how, on)));
        return all;
    }
}
