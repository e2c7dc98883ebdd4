package io.ridethrough.plan;

import io.ridethrough.contract.Asset;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Device;
import io.ridethrough.contract.Nas;
import io.ridethrough.contract.Node;
import io.ridethrough.contract.Site;
import io.ridethrough.contract.SiteId;
import io.ridethrough.contract.Stack;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a person should know of a plan besides its steps: what is left alone, and why. */
final class PlanNotes {
    private final Choices choices;
    private final Contracts contracts;
    private final Intent intent;
    private final List<String> notes = new ArrayList<>();

    private PlanNotes(Choices choices, Contracts contracts) {
        this.choices = choices;
        this.contracts = contracts;
        this.intent = choices.intent();
    }

    /** The notes in a fixed order. */
    static List<String> of(Choices choices, Contracts contracts, List<Step> steps, Optional<OwnChain> own) {
        PlanNotes made = new PlanNotes(choices, contracts);
        made.asked();
        made.widened(steps);
        if (made.intent.phases().contains(Phase.SHUTDOWN)) {
            own.filter(chain -> chain.missing().isEmpty()).ifPresent(made::handedOver);
            if (!made.intent.phases().contains(Phase.REBOOT)) {
                made.machinesLeftUp();
            }
            made.cutOffs();
        }
        boolean energises = made.intent.phases().contains(Phase.STARTUP)
                || made.intent.phases().contains(Phase.RECOVERY);
        if (energises) {
            made.leftDown();
            made.neededElsewhere();
            made.wokenByHand();
        }
        made.notes.addAll(choices.relations().notes());
        made.excluded();
        return List.copyOf(made.notes);
    }

    /** Assets that were asked for by name and get no step of their own. */
    private void asked() {
        for (Asset asset : choices.chosen(new TreeSet<>(intent.scope().assets()))) {
            if (asset instanceof Device) {
                notes.add(asset.id() + " is a device and never commanded; the run is about what depends on it");
            } else if (asset instanceof Stack stack && stack.stopBy() == Stack.StopBy.HOST) {
                notes.add(asset.id() + " goes down and comes up with its host " + stack.runsOn());
            }
        }
    }

    private void widened(List<Step> steps) {
        if (intent.scope().assets().isEmpty()) {
            return;
        }
        TreeMap<SiteId, TreeSet<AssetId>> added = new TreeMap<>();
        steps.stream()
                .filter(step -> step.phase() != Phase.PRECHECK)
                .flatMap(step -> step.asset().stream())
                .filter(asset -> !intent.scope().assets().contains(asset))
                .forEach(asset -> added.computeIfAbsent(asset.site(), at -> new TreeSet<>())
                        .add(asset));
        added.forEach((site, assets) -> notes.add((intent.scope().touched().contains(site) ? "" : "at another site: ")
                + list(assets) + (assets.size() == 1 ? " is" : " are") + " in this run too: "
                + (assets.size() == 1 ? "it depends" : "they depend") + " on what was asked for"));
    }

    private void handedOver(OwnChain chain) {
        notes.add("the orchestrator runs on " + chain.home() + ": when all else has settled, "
                + list(chain.hops())
                + (chain.hops().size() == 1
                        ? " is told when to power off, and does so by itself"
                        : " are told when to power off, and do so by themselves"));
        if (!chain.carried().isEmpty()) {
            notes.add(list(chain.carried()) + (chain.carried().size() == 1 ? " goes" : " go") + " down with "
                    + chain.machine());
        }
    }

    private void machinesLeftUp() {
        TreeMap<SiteId, TreeSet<AssetId>> up = new TreeMap<>();
        for (Asset asset : choices.chosen(choices.selected())) {
            if (Relations.isMachine(asset) && !choices.goesOff(asset)) {
                up.computeIfAbsent(asset.id().site(), at -> new TreeSet<>()).add(asset.id());
            }
            if (asset instanceof Node node && !choices.goesOff(asset)) {
                node.mounts().stream()
                        .map(mount -> mount.servedBy())
                        .filter(server -> Optional.ofNullable(
                                        choices.relations().assets().get(server))
                                .filter(choices::goesOff)
                                .isPresent())
                        .distinct()
                        .forEach(server -> notes.add(node.id() + " mounts " + server
                                + " and stays up while it goes off: its mount will hang"));
            }
        }
        up.forEach((site, machines) -> notes.add(list(machines) + (machines.size() == 1 ? " stays" : " stay")
                + " up: powering off is not asked for at " + site));
    }

    private void cutOffs() {
        choices.cutOffs(contracts)
                .forEach(cutOff -> notes.add(cutOff.missing()
                        .map(why -> cutOff.ups().id() + " does not cut its load: " + why)
                        .orElse(cutOff.ups().id()
                                + " cuts its load last of all, and gives it back when mains return")));
    }

    private void leftDown() {
        choices.down()
                .held()
                .forEach(asset -> notes.add(asset + " is held: nothing energises it until it is released"));
        choices.down().waiting().forEach((asset, held) -> {
            if (!(choices.relations().assets().get(asset) instanceof Device)) {
                notes.add(asset + " is not started: it depends on " + held + ", which is held");
            }
        });
        choices.down()
                .stopped()
                .forEach(asset -> notes.add(
                        choices.seen().known().contains(asset)
                                ? asset + " was stopped before the last shutdown and stays so"
                                : asset + " was never seen running and does not start at boot: it stays as it is"));
    }

    private void neededElsewhere() {
        TreeMap<AssetId, TreeSet<AssetId>> outside = new TreeMap<>();
        for (AssetId asset : choices.up()) {
            if (!(choices.relations().assets().get(asset) instanceof Device)) {
                choices.relations().work().needs(asset).stream()
                        .filter(need -> !choices.selected().contains(need))
                        .filter(need -> !(choices.relations().assets().get(need) instanceof Device))
                        .forEach(need -> outside.computeIfAbsent(need, at -> new TreeSet<>())
                                .add(asset));
            }
        }
        outside.forEach((need, by) -> notes.add(need + " is not in this run and must be up: " + list(by)
                + (by.size() == 1 ? " needs it" : " need it")));
    }

    private void wokenByHand() {
        for (Asset asset : choices.chosen(choices.up())) {
            boolean noWay = (asset instanceof Node node && node.wake().isEmpty())
                    || (asset instanceof Nas nas && nas.wake().isEmpty());
            if (noWay) {
                notes.add(asset.id() + " has no declared way to be woken: if it is off, a person must switch it on");
            }
        }
    }

    private void excluded() {
        for (Site site : contracts.sites().values()) {
            for (Site.Excluded one : site.excluded()) {
                if (concerns(site, one)) {
                    notes.add("guest " + one.vmid() + " (" + one.name() + ") of "
                            + one.node().map(AssetId::toString).orElse(site.id().value()) + " is never touched: "
                            + one.reason());
                }
            }
        }
    }

    private boolean concerns(Site site, Site.Excluded one) {
        NavigableSet<AssetId> selected = choices.selected();
        return intent.scope().sites().contains(site.id())
                || one.node().filter(selected::contains).isPresent()
                || site.guests().stream()
                        .filter(guest -> intent.scope().assets().contains(guest.id()))
                        .anyMatch(guest -> Choices.isExcluded(guest, one));
    }

    private static String list(Collection<AssetId> assets) {
        return assets.stream().map(AssetId::toString).collect(Collectors.joining(", "));
    }
}
