package io.ridethrough.camel.hands;

import io.ridethrough.contract.Asset;
import io.ridethrough.contract.Control;
import io.ridethrough.contract.Device;
import io.ridethrough.contract.Guest;
import io.ridethrough.contract.HomeAssistant;
import io.ridethrough.contract.Nas;
import io.ridethrough.contract.Node;
import io.ridethrough.contract.Site;
import io.ridethrough.contract.Stack;
import io.ridethrough.plan.Phase;
import io.ridethrough.plan.Step;
import io.ridethrough.run.Sight;
import io.ridethrough.target.proxmox.NodeAsk;
import io.ridethrough.target.proxmox.NodePart;
import io.ridethrough.target.proxmox.NodeTold;
import io.ridethrough.target.stack.ComposeCommands;
import io.ridethrough.target.stack.ComposeStates;
import io.ridethrough.target.way.Told;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** CHECK: the target answers, and what it holds is as declared. Every contradiction is told, not the first alone. */
final class PrecheckLook implements LookOnly {
    private static final Duration KNOCK = Duration.ofSeconds(3);

    private final Tools tools;
    private final Hosts hosts;
    private final Guests guests;
    private final Keepsakes keepsakes;
    private final NodeHealth health;

    PrecheckLook(Tools tools, Hosts hosts, Guests guests, Keepsakes keepsakes) {
        this.tools = tools;
        this.hosts = hosts;
        this.guests = guests;
        this.keepsakes = keepsakes;
        this.health = new NodeHealth(tools);
    }

    @Override
    public CompletionStage<Sight> look(Step step) {
        Optional<Asset> asset = step.asset().flatMap(tools.contracts()::asset);
        if (asset.isEmpty()) {
            return CompletableFuture.completedFuture(new Sight.Mismatch("not declared"));
        }
        if (asset.get() instanceof Node node) {
            return node(node, step.phase());
        }
        if (asset.get() instanceof Nas nas) {
            return nas(nas);
        }
        if (asset.get() instanceof Guest guest) {
            return guest(guest);
        }
        return asset.get() instanceof Stack stack ? stack(stack) : device((Device) asset.get());
    }

    /** What a gate asks in the same precheck is its to deny, and a person's to acknowledge: not asked for twice. */
    private EnumSet<NodePart.Kind> asked(Phase phase) {
        // What a disk foretells, and what waits to be updated, is the standard's to watch.
        EnumSet<NodePart.Kind> kinds = EnumSet.complementOf(EnumSet.of(NodePart.Kind.DISK, NodePart.Kind.UPDATE));
        if (phase == Phase.PRECHECK) {
            tools.contracts().standard().controls().stream()
                    .filter(control -> control.gate() == Control.Gate.SHUTDOWN)
                    .forEach(control -> part(control.probe().ask()).ifPresent(kinds::remove));
        }
        return kinds;
    }

    private static Optional<NodePart.Kind> part(Control.Ask ask) {
        return switch (ask) {
            case POOLS -> Optional.of(NodePart.Kind.POOL);
            case STORAGES -> Optional.of(NodePart.Kind.STORAGE);
            case SERVICES -> Optional.of(NodePart.Kind.SERVICE);
            default -> Optional.empty();
        };
    }

    private CompletionStage<Sight> node(Node node, Phase phase) {
        CompletableFuture<Told> vms =
                tools.nodes().ask(node.id(), new NodeAsk.Guests(Guest.Form.VM)).toCompletableFuture();
        CompletableFuture<Told> containers = tools.nodes()
                .ask(node.id(), new NodeAsk.Guests(Guest.Form.CONTAINER))
                .toCompletableFuture();
        CompletionStage<Sight> inventory = vms.thenCombine(containers, (qm, pct) -> {
            if (qm instanceof NodeTold.Listed v && pct instanceof NodeTold.Listed c) {
                return new Inventory(tools.contracts().sites().get(node.id().site()), node, v.list(), c.list())
                        .compared();
            }
            Told trouble = qm instanceof NodeTold.Listed ? pct : qm;
            return new Sight.Unseen(
                    "its guests could not be listed: " + Answers.of(trouble).evidence());
        });
        return inventory
                .thenCombine(health.look(node, asked(phase)), PrecheckLook::both)
                .thenCombine(phase == Phase.PRECHECK ? kept(node) : Keepsakes.NONE.of(node.id()), PrecheckLook::with);
    }

    /** What its guests may lose is kept before it goes down with them. */
    private CompletionStage<String> kept(Node node) {
        return Optional.ofNullable(tools.contracts().sites().get(node.id().site()))
                .flatMap(Site::homeAssistant)
                .map(HomeAssistant::guest)
                .filter(guest -> tools.contracts()
                        .asset(guest)
                        .filter(one -> one instanceof Guest in && in.runsOn().equals(node.id()))
                        .isPresent())
                .map(keepsakes::of)
                .orElseGet(() -> Keepsakes.NONE.of(node.id()));
    }

    /** What could not be kept is said, and holds nothing up: its guest may be off. */
    private static Sight with(Sight sight, String kept) {
        return kept.isEmpty() || !(sight instanceof Sight.Desired)
                ? sight
                : new Sight.Desired(sight.evidence() + "; " + kept);
    }

    /** The worse of both; what the other tells is said too. */
    private static Sight both(Sight guests, Sight health) {
        String words = guests.evidence() + "; " + health.evidence();
        if (guests instanceof Sight.Mismatch) {
            return new Sight.Mismatch(words);
        }
        if (health instanceof Sight.Other) {
            return new Sight.Other(words);
        }
        return guests instanceof Sight.Desired && health instanceof Sight.Desired
                ? new Sight.Desired(words)
                : new Sight.Unseen(words);
    }

    private CompletionStage<Sight> nas(Nas nas) {
        return hosts.standing(PowerHost.of(nas).orElseThrow()).thenApply(standing -> {
            if (standing instanceof Hosts.Standing.On on) {
                return new Sight.Desired("answers, boot id " + on.boot().value());
            }
            return new Sight.Unseen(String.valueOf(standing));
        });
    }

    private CompletionStage<Sight> guest(Guest guest) {
        Guests.OnNode at = guests.of(guest).orElseThrow();
        return guests.look(
                at,
                there -> CompletableFuture.completedFuture(
                        new Sight.Desired("a " + Guests.word(guest.form()) + " as declared, " + there.word())));
    }

    private CompletionStage<Sight> stack(Stack stack) {
        return tools.shell()
                .run(stack.runsOn(), ComposeCommands.of(stack).ps())
                .thenApply(ComposeStates::read)
                .thenApply(states -> states instanceof ComposeStates.Told told
                        ? new Sight.Desired("compose answers: " + told)
                        : new Sight.Unseen(((ComposeStates.Unreadable) states).why()));
    }

    private CompletionStage<Sight> device(Device device) {
        if (device.address().isEmpty() || device.ports().isEmpty()) {
            return CompletableFuture.completedFuture(new Sight.Desired("declares nothing to ask"));
        }
        return tools.knock()
                .knock(device.address().get(), device.ports().get(0), KNOCK)
                .thenApply(heard -> switch (heard.sign()) {
                    case ACCEPTED ->
                        new Sight.Desired("answers on port " + device.ports().get(0));
                    case REFUSED, UNANSWERED, BLIND ->
                        new Sight.Unseen("port " + device.ports().get(0) + ": " + heard.why());
                });
    }
}
