package io.ridethrough.camel.hands;

import io.ridethrough.contract.Asset;
import io.ridethrough.contract.Guest;
import io.ridethrough.contract.Node;
import io.ridethrough.plan.Step;
import io.ridethrough.run.Sight;
import io.ridethrough.target.proxmox.GuestState;
import io.ridethrough.target.proxmox.NodeAsk;
import io.ridethrough.target.proxmox.NodeTold;
import io.ridethrough.target.way.Told;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Asks nodes for their guests, whichever way leads to them. */
final class Guests {
    /** A guest with the node that it is declared on. */
    record OnNode(Guest guest, Node node) {}

    private final Tools tools;
    private final PowerKnowledge power;
    private final SharedLooks looks;

    Guests(Tools tools, PowerKnowledge power) {
        this.tools = tools;
        this.power = power;
        this.looks = new SharedLooks(tools.time(), this::ask);
    }

    Optional<OnNode> of(Step step) {
        return step.asset().flatMap(tools.contracts()::asset).flatMap(this::of);
    }

    /** Empty when the asset is no guest, or its node is none. */
    Optional<OnNode> of(Asset asset) {
        if (!(asset instanceof Guest guest)) {
            return Optional.empty();
        }
        return tools.contracts()
                .asset(guest.runsOn())
                .filter(Node.class::isInstance)
                .map(Node.class::cast)
                .map(node -> new OnNode(guest, node));
    }

    CompletionStage<Told> ask(OnNode at, NodeAsk ask) {
        return tools.nodes().ask(at.node().id(), ask).thenApply(told -> {
            if (told instanceof NodeTold.State
                    || told instanceof NodeTold.Listed
                    || told instanceof Told.Done
                    || told instanceof Told.Declined) {
                power.answered(at.node().id());
            }
            return told;
        });
    }

    /** What was told as a state; without an answer there is none. */
    static GuestState state(Told told) {
        return told instanceof NodeTold.State state
                ? state.state()
                : new GuestState.Unreadable(Answers.of(told).evidence());
    }

    /** Reads its state and lets {@code judge} say what it means. A wrong kind is told by asking for the other one. */
    CompletionStage<Sight> look(OnNode at, Function<GuestState.At, CompletionStage<Sight>> judge) {
        return looks.state(at).thenCompose(state -> {
            if (state instanceof GuestState.At there) {
                return judge.apply(there);
            }
            if (state instanceof GuestState.NoSuch) {
                return ask(
                                at,
                                new NodeAsk.State(
                                        other(at.guest().form()), at.guest().vmid()))
                        .thenApply(other -> contradiction(at, other));
            }
            return CompletableFuture.completedFuture(new Sight.Unseen(((GuestState.Unreadable) state).why()));
        });
    }

    private static Sight contradiction(OnNode at, Told other) {
        GuestState state = state(other);
        String where = at.guest().vmid() + " on node " + at.node().nodeName();
        if (state instanceof GuestState.At there) {
            Guest.Form real = other(at.guest().form());
            return new Sight.Mismatch("declared as a " + word(at.guest().form()) + ", but " + where + " is a "
                    + word(real) + " (" + there.word() + ")");
        }
        return state instanceof GuestState.NoSuch
                ? new Sight.Mismatch("there is neither a VM nor a container " + where)
                : new Sight.Unseen("no " + word(at.guest().form()) + " " + where + "; whether it is of the other kind: "
                        + ((GuestState.Unreadable) state).why());
    }

    private static Guest.Form other(Guest.Form form) {
        return form == Guest.Form.VM ? Guest.Form.CONTAINER : Guest.Form.VM;
    }

    static String word(Guest.Form form) {
        return form == Guest.Form.VM ? "VM" : form.name().toLowerCase(Locale.ROOT);
    }
}
