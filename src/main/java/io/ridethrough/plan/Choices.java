package io.ridethrough.plan;

import io.ridethrough.contract.Asset;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Guest;
import io.ridethrough.contract.Site;
import io.ridethrough.contract.SiteId;
import io.ridethrough.contract.Stack;
import io.ridethrough.contract.Ups;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What each phase of a run does to which asset. Devices and excluded guests are never chosen.
 *
 * @param selected what the run is about: the assets of its sites, or the assets asked for with all that depends on them
 * @param up those of them that are to be up after a startup
 */
record Choices(
        Intent intent,
        Seen seen,
        Relations relations,
        NavigableSet<AssetId> selected,
        NavigableSet<AssetId> up,
        StaysDown down) {

    /** What a startup leaves down. {@code held} are named by a person, {@code waiting} need one of those. */
    record StaysDown(
            NavigableSet<AssetId> held, NavigableMap<AssetId, AssetId> waiting, NavigableSet<AssetId> stopped) {}

    static Choices of(Intent intent, Contracts contracts, Seen seen, Relations relations) {
        NavigableSet<AssetId> selected = selected(intent.scope(), contracts, relations);
        NavigableMap<AssetId, AssetId> barred = barred(intent.scope(), seen, relations);
        NavigableSet<AssetId> up = new TreeSet<>();
        StaysDown down = new StaysDown(new TreeSet<>(), new TreeMap<>(), new TreeSet<>());
        for (AssetId id : selected) {
            Asset asset = relations.assets().get(id);
            if (seen.held().contains(id)) {
                down.held().add(id);
            } else if (asset instanceof Guest guest && !wanted(guest, seen)) {
                down.stopped().add(id);
            } else if (barred.containsKey(id)) {
                down.waiting().put(id, barred.get(id));
            } else {
                up.add(id);
            }
        }
        up.removeIf(id -> hostOf(relations, id).filter(down.stopped()::contains).isPresent());
        return new Choices(intent, seen, relations, selected, up, down);
    }

    NavigableMap<AssetId, Verb> shutdown() {
        NavigableMap<AssetId, Verb> verbs = new TreeMap<>();
        for (Asset asset : chosen(selected)) {
            if (asset instanceof Guest) {
                verbs.put(asset.id(), Verb.SHUT_DOWN);
            } else if (asset instanceof Stack stack && !Relations.goesWithHost(stack, intent.trigger())) {
                verbs.put(
                        asset.id(),
                        stack.stopBy() == Stack.StopBy.COMPOSE_DOWN ? Verb.COMPOSE_DOWN : Verb.COMPOSE_STOP);
            } else if (goesOff(asset)) {
                verbs.put(asset.id(), Verb.POWER_OFF);
            }
        }
        return verbs;
    }

    NavigableMap<AssetId, Verb> startup() {
        NavigableMap<AssetId, Verb> verbs = new TreeMap<>();
        for (Asset asset : chosen(up)) {
            if (asset instanceof Guest) {
                verbs.put(asset.id(), Verb.START);
            } else if (asset instanceof Stack stack && stack.stopBy() != Stack.StopBy.HOST) {
                verbs.put(asset.id(), Verb.COMPOSE_UP);
            } else if (Relations.isMachine(asset)) {
                verbs.put(asset.id(), Verb.WAKE);
            }
        }
        return verbs;
    }

    NavigableMap<AssetId, Verb> recovery() {
        NavigableMap<AssetId, Verb> verbs = new TreeMap<>();
        for (Asset asset : chosen(up)) {
            if (asset instanceof Guest || asset instanceof Stack || Relations.isMachine(asset)) {
                verbs.put(asset.id(), Verb.RECOVER);
            }
        }
        return verbs;
    }

    /** The machines that commands go to. */
    NavigableMap<AssetId, Verb> precheck() {
        NavigableMap<AssetId, Verb> verbs = new TreeMap<>();
        for (Asset asset : chosen(selected)) {
            Optional<AssetId> machine = Relations.isMachine(asset) ? Optional.of(asset.id()) : Relations.host(asset);
            machine.map(relations.assets()::get)
                    .filter(Relations::isMachine)
                    .ifPresent(found -> verbs.put(found.id(), Verb.CHECK));
        }
        return verbs;
    }

    /** Whether this run powers the machine off; power does, other triggers only where it was asked for. */
    boolean goesOff(Asset asset) {
        return Relations.isMachine(asset)
                && selected.contains(asset.id())
                && (intent.trigger() == Trigger.POWER
                        || intent.powerOff().contains(asset.id().site()));
    }

    /** Every UPS of the run's sites that is declared to cut its load. Only power's own shutdown ever lets one do so. */
    List<CutOff> cutOffs(Contracts contracts) {
        List<CutOff> all = new ArrayList<>();
        if (intent.trigger() != Trigger.POWER || !intent.phases().contains(Phase.SHUTDOWN)) {
            return all;
        }
        for (Site site : contracts.sites().values()) {
            if (intent.scope().sites().contains(site.id())) {
                site.power().upses().stream()
                        .filter(ups -> ups.cutOff().isPresent())
                        .forEach(ups -> all.add(cutOff(site, ups)));
            }
        }
        return all;
    }

    private CutOff cutOff(Site site, Ups ups) {
        NavigableSet<AssetId> machines = new TreeSet<>();
        site.power().fedBy().forEach((asset, feeds) -> {
            boolean machine = Optional.ofNullable(relations.assets().get(asset))
                    .filter(Relations::isMachine)
                    .isPresent();
            if (machine && feeds.contains(ups.id())) {
                machines.add(asset);
            }
        });
        Optional<String> stays = machines.stream()
                .filter(id -> Optional.ofNullable(relations.assets().get(id))
                        .filter(this::goesOff)
                        .isEmpty())
                .findFirst()
                .map(id -> id + " stays on");
        return new CutOff(ups, machines, machines.isEmpty() ? Optional.of("it feeds nothing that powers off") : stays);
    }

    /** The sites of everything that is selected. */
    NavigableSet<SiteId> sites() {
        TreeSet<SiteId> sites = new TreeSet<>(intent.scope().touched());
        selected.forEach(id -> sites.add(id.site()));
        return sites;
    }

    List<Asset> chosen(NavigableSet<AssetId> ids) {
        List<Asset> assets = new ArrayList<>();
        for (AssetId id : ids) {
            Optional.ofNullable(relations.assets().get(id)).ifPresent(assets::add);
        }
        return assets;
    }

    private static Optional<AssetId> hostOf(Relations relations, AssetId id) {
        return Optional.ofNullable(relations.assets().get(id)).flatMap(Relations::host);
    }

    private static boolean wanted(Guest guest, Seen seen) {
        if (guest.alwaysStart()) {
            return true;
        }
        return seen.known().contains(guest.id()) ? seen.running().contains(guest.id()) : guest.onboot();
    }

    private static NavigableSet<AssetId> selected(Scope scope, Contracts contracts, Relations relations) {
        NavigableSet<AssetId> selected = new TreeSet<>();
        if (scope.sites().isEmpty()) {
            selected.addAll(relations.work().reversed().reach(scope.assets()));
        } else {
            relations.assets().keySet().stream()
                    .filter(id -> scope.sites().contains(id.site()))
                    .forEach(selected::add);
        }
        for (Site site : contracts.sites().values()) {
            site.guests().stream()
                    .filter(guest -> site.excluded().stream().anyMatch(one -> isExcluded(guest, one)))
                    .forEach(guest -> selected.remove(guest.id()));
        }
        return selected;
    }

    static boolean isExcluded(Guest guest, Site.Excluded excluded) {
        return guest.vmid() == excluded.vmid()
                && excluded.node().map(guest.runsOn()::equals).orElse(true);
    }

    /** What cannot come up because it needs, or is reached through, something held; with that something. */
    private static NavigableMap<AssetId, AssetId> barred(Scope scope, Seen seen, Relations relations) {
        var dependents = relations.path().reversed();
        NavigableMap<AssetId, AssetId> barred = new TreeMap<>();
        for (AssetId held : new TreeSet<>(seen.held())) {
            if (scope.sites().isEmpty() || scope.sites().contains(held.site())) {
                dependents.reach(List.of(held)).forEach(id -> barred.putIfAbsent(id, held));
            }
        }
        return barred;
    }
}
