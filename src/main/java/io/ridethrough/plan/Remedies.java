package io.ridethrough.plan;

import io.ridethrough.contract.Asset;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Control;
import io.ridethrough.contract.Guest;
import io.ridethrough.contract.Remedy;
import io.ridethrough.contract.Site;
import io.ridethrough.contract.SiteId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;

/**
 * The remedies of a recovery, at each site kind after kind: failed units and the scheduler before guests are recovered,
 * which start; then add-ons, integrations, stacks, mounts. What is started anyway has no remedy of its own.
 */
final class Remedies {
    private static final Set<Remedy.Kind> UNITS = Set.of(Remedy.Kind.RESTART_FAILED_UNITS, Remedy.Kind.RESTART_UNITS);

    /** One remedy for one asset. */
    record Mending(Control control, Remedy remedy, AssetId asset) {
        StepId id() {
            return new StepId(Phase.RECOVERY.word() + ":" + asset + ":" + control.id());
        }
    }

    private Remedies() {}

    /** Those of these assets in the order of their kinds, of one control alone where it is named. */
    static List<Mending> of(Contracts contracts, Set<AssetId> assets, Optional<String> named) {
        List<Mending> all = new ArrayList<>();
        for (Site site : contracts.sites().values()) {
            List<Mending> here = new ArrayList<>();
            for (Control control : contracts.standard().controls()) {
                boolean asked = named.map(control.id()::equals).orElse(true);
                control.mends()
                        .filter(remedy -> asked)
                        .filter(remedy -> named.isPresent() || remedy.kind() != Remedy.Kind.START_GUEST)
                        .ifPresent(remedy -> control.kind().of(site).stream()
                                .map(Asset::id)
                                .filter(assets::contains)
                                .forEach(asset -> here.add(new Mending(control, remedy, asset))));
            }
            here.sort(Comparator.comparing(one -> one.remedy().kind()));
            all.addAll(here);
        }
        return all;
    }

    /**
     * The recovery with its remedies, each step after what it needs: a remedy after the recovery of its own asset and the
     * kinds before it, at a node for its units, at its site for the rest; guests after what is mended of their node.
     *
     * @param recovered the steps that recover assets
     */
    static List<Step> among(List<Step> recovered, List<Mending> mendings, Relations relations) {
        Map<AssetId, NavigableSet<StepId>> ofAsset = new HashMap<>();
        Map<AssetId, NavigableSet<StepId>> units = new HashMap<>();
        Map<SiteId, NavigableSet<StepId>> guests = new HashMap<>();
        mendings.stream()
                .filter(one -> UNITS.contains(one.remedy().kind()))
                .forEach(one -> add(units, one.asset(), one.id()));
        List<Step> all = new ArrayList<>();
        for (Step step : recovered) {
            Optional<Asset> asset = step.asset().map(relations.assets()::get);
            all.add(step.needing(asset.flatMap(Relations::host).map(units::get).orElse(new TreeSet<>())));
            step.asset().ifPresent(id -> add(ofAsset, id, step.id()));
            asset.filter(Guest.class::isInstance)
                    .ifPresent(guest -> add(guests, guest.id().site(), step.id()));
        }
        Map<AssetId, Chain> onNode = new HashMap<>();
        Map<SiteId, Chain> atSite = new HashMap<>();
        for (Mending one : mendings) {
            SiteId site = one.asset().site();
            Chain chain = UNITS.contains(one.remedy().kind())
                    ? onNode.computeIfAbsent(one.asset(), first -> new Chain(new TreeSet<>()))
                    : atSite.computeIfAbsent(site, first -> new Chain(guests.getOrDefault(site, new TreeSet<>())));
            all.add(step(one, chain.next(one)).needing(ofAsset.getOrDefault(one.asset(), new TreeSet<>())));
        }
        return inOrder(all);
    }

    private static <K> void add(Map<K, NavigableSet<StepId>> to, K key, StepId step) {
        to.computeIfAbsent(key, first -> new TreeSet<>()).add(step);
    }

    /** Each after what it needs of them; otherwise as they are. */
    private static List<Step> inOrder(List<Step> steps) {
        Map<StepId, Integer> places = new HashMap<>();
        for (int place = 0; place < steps.size(); place++) {
            places.put(steps.get(place).id(), place);
        }
        int[] waitsFor = new int[steps.size()];
        Map<Integer, List<Integer>> letsGo = new HashMap<>();
        PriorityQueue<Integer> ready = new PriorityQueue<>();
        for (int place = 0; place < steps.size(); place++) {
            for (StepId need : steps.get(place).needs()) {
                Integer before = places.get(need);
                if (before != null) {
                    waitsFor[place]++;
                    letsGo.computeIfAbsent(before, first -> new ArrayList<>()).add(place);
                }
            }
            if (waitsFor[place] == 0) {
                ready.add(place);
            }
        }
        List<Step> ordered = new ArrayList<>();
        while (!ready.isEmpty()) {
            int next = ready.remove();
            ordered.add(steps.get(next));
            for (int place : letsGo.getOrDefault(next, List.of())) {
                if (--waitsFor[place] == 0) {
                    ready.add(place);
                }
            }
        }
        if (ordered.size() < steps.size()) {
            throw new IllegalStateException("the remedies wait for one another");
        }
        return ordered;
    }

    /** What a remedy of the next kind waits for. */
    private static final class Chain {
        private NavigableSet<StepId> before;
        private NavigableSet<StepId> current = new TreeSet<>();
        private Optional<Remedy.Kind> kind = Optional.empty();

        Chain(NavigableSet<StepId> before) {
            this.before = before;
        }

        NavigableSet<StepId> next(Mending one) {
            if (kind.isPresent() && !kind.get().equals(one.remedy().kind())) {
                before = current;
                current = new TreeSet<>();
            }
            kind = Optional.of(one.remedy().kind());
            current.add(one.id());
            return new TreeSet<>(before);
        }
    }

    static Step step(Mending one, NavigableSet<StepId> needs) {
        return new Step(
                one.id(),
                Phase.RECOVERY,
                Verb.REMEDY,
                Optional.of(one.asset()),
                needs,
                Duration.ZERO,
                Optional.empty(),
                Optional.of(one.control().id()));
    }
}
