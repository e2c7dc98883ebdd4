package io.ridethrough.cli;

import io.ridethrough.contract.Asset;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Guest;
import io.ridethrough.contract.SiteId;
import io.ridethrough.plan.Intent;
import io.ridethrough.plan.Phase;
import io.ridethrough.plan.Plan;
import io.ridethrough.plan.Planner;
import io.ridethrough.plan.Scope;
import io.ridethrough.plan.Seen;
import io.ridethrough.plan.Step;
import io.ridethrough.plan.Trigger;
import io.ridethrough.plan.Verb;
import io.ridethrough.run.Hands;
import io.ridethrough.target.ssh.HostLink;
import io.ridethrough.target.ssh.HostLinks;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Makes a fresh service as quick as one that has worked for long: connections are opened (R27), the shutdown and the
 * startup of everything are planned as dry runs, and what the shutdown would touch is looked at once. Only looks: it
 * commands nothing, records nothing, and asks nothing of a host that cannot be reached. Tells nobody of trouble: a
 * precheck does.
 */
final class WarmUp {
    /** So often is a plan made that it is no longer interpreted: about 90 ms the first time, 5 ms then. */
    private static final int PLANS = 10;

    private final Contracts contracts;
    private final HostLinks links;
    private final Hands hands;

    WarmUp(Contracts contracts, HostLinks links, Hands hands) {
        this.contracts = contracts;
        this.links = links;
        this.hands = hands;
    }

    /** Completes once every host was opened and looked at, or could not be. */
    CompletionStage<Void> play(Set<AssetId> hosts, Seen seen, Executor executor) {
        List<CompletableFuture<HostLink>> opened = hosts.stream()
                .map(host -> links.open(host).toCompletableFuture())
                .toList();
        return CompletableFuture.supplyAsync(() -> planned(seen), executor)
                .thenCombine(
                        CompletableFuture.allOf(opened.toArray(CompletableFuture<?>[]::new)),
                        (shutdown, done) -> shutdown)
                .thenComposeAsync(this::looked, executor);
    }

    private List<Step> planned(Seen seen) {
        for (int i = 0; i < PLANS; i++) {
            plan(seen, Phase.STARTUP, Phase.RECOVERY, Phase.VERIFY);
            plan(seen, Phase.SHUTDOWN);
        }
        return plan(seen, Phase.SHUTDOWN).steps();
    }

    private Plan plan(Seen seen, Phase... phases) {
        Set<SiteId> all = contracts.sites().keySet();
        Intent intent = new Intent(
                new Scope(all, Set.of()),
                List.of(phases),
                Trigger.POWER,
                all,
                Optional.empty(),
                false,
                false,
                Optional.empty(),
                "rehearsal",
                "dry run at the start of the service");
        return Planner.plan(intent, contracts, seen);
    }

    private CompletionStage<Void> looked(List<Step> shutdown) {
        return CompletableFuture.allOf(shutdown.stream()
                .filter(step -> step.verb() == Verb.SHUT_DOWN || step.verb() == Verb.POWER_OFF)
                .filter(this::connected)
                .map(step -> hands.look(step).toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new));
    }

    private boolean connected(Step step) {
        return step.asset()
                .flatMap(contracts::asset)
                .map(WarmUp::askedOn)
                .filter(host -> links.link(host).state() == HostLink.State.CONNECTED)
                .isPresent();
    }

    private static AssetId askedOn(Asset asset) {
        return asset instanceof Guest guest ? guest.runsOn() : asset.id();
    }
}
