package io.ridethrough.camel.hands;

import io.ridethrough.contract.Asset;
import io.ridethrough.contract.Guest;
import io.ridethrough.contract.Node;
import io.ridethrough.plan.Step;
import io.ridethrough.run.Sight;
import io.ridethrough.target.proxmox.GuestCommands;
import io.ridethrough.target.proxmox.GuestState;
import io.ridethrough.target.ssh.CommandResult;
import io.ridethrough.target.ssh.RemoteCommand;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Looks at guests through their node's command line. */
final class Guests {
    /** A guest with the node that it is declared on, and the commands for it there. */
    record OnNode(Guest guest, Node node, GuestCommands commands) {}

    private final Tools tools;
    private final PowerKnowledge power;
    private final SharedLooks looks;

    Guests(Tools tools, PowerKnowledge power) {
        this.tools = tools;
        this.power = power;
        this.looks = new SharedLooks(tools.time(), this::run);
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
                .map(node -> new OnNode(
                        guest,
                        node,
                        new GuestCommands(guest.form(), guest.vmid(), node.ssh().sudo())));
    }

    CompletionStage<CommandResult> run(OnNode at, RemoteCommand command) {
        return tools.shell().run(at.node().id(), command).thenApply(result -> {
            if (result instanceof CommandResult.Exited) {
                power.answered(at.node().id());
            }
            return result;
        });
    }

    /** Reads its state and lets {@code judge} say what it means. A wrong kind is told by asking for the other one. */
    CompletionStage<Sight> look(OnNode at, Function<GuestState.At, CompletionStage<Sight>> judge) {
        return looks.state(at).thenCompose(state -> {
            if (state instanceof GuestState.At there) {
                return judge.apply(there);
            }
            if (state instanceof GuestState.NoSuch) {
                return run(at, at.commands().asOtherForm().status()).thenApply(other -> contradiction(at, other));
            }
            return CompletableFuture.completedFuture(new Sight.Unseen(((GuestState.Unreadable) state).why()));
        });
    }

    private static Sight contradiction(OnNode at, CommandResult other) {
        GuestState state = GuestState.read(other);
        String where = at.guest().vmid() + " on node " + at.node().nodeName();
        if (state instanceof GuestState.At there) {
            Guest.Form real = at.commands().asOtherForm().form();
            return new Sight.Mismatch("declared as a " + word(at.guest().form()) + ", but " + where + " is a "
                    + word(real) + " (" + there.word() + ")");
        }
        return state instanceof GuestState.NoSuch
                ? new Sight.Mismatch("there is neither a VM nor a container " + where)
                : new Sight.Unseen("no " + word(at.guest().form()) + " " + where + "; whether it is of the other kind: "
                        + ((GuestState.Unreadable) state).why());
    }

    static String word(Guest.Form form) {
        return form == Guest.Form.VM ? "VM" : form.name().toLowerCase(Locale.ROOT);
    }
}
