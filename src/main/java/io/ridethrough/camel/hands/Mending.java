package io.ridethrough.camel.hands;

import io.ridethrough.contract.Asset;
import io.ridethrough.contract.Control;
import io.ridethrough.contract.Device;
import io.ridethrough.contract.Guest;
import io.ridethrough.contract.Node;
import io.ridethrough.contract.Remedy;
import io.ridethrough.contract.Stack;
import io.ridethrough.plan.Step;
import io.ridethrough.run.Answer;
import io.ridethrough.run.Hands;
import io.ridethrough.run.Rung;
import io.ridethrough.run.Sight;
import io.ridethrough.standard.Finding;
import io.ridethrough.target.proxmox.NodeAsk;
import io.ridethrough.target.stack.ComposeCommands;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * REMEDY: what a control finds broken is mended by the remedy that it declares, and the control is evaluated again. What
 * somebody answers for by an acceptance is left as it is; what cannot be seen is not touched.
 */
final class Mending implements Hands {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Tools tools;
    private final Controls controls;
    private final HomeStart homes;
    private final Guests guests;
    private final NodeMending nodes;
    private final DeviceRestart devices;

    Mending(Tools tools, Controls controls, HomeStart homes, Guests guests, PowerPaths paths) {
        this.tools = tools;
        this.controls = controls;
        this.homes = homes;
        this.guests = guests;
        this.nodes = new NodeMending(tools);
        this.devices = new DeviceRestart(tools, paths);
    }

    @Override
    public CompletionStage<Sight> look(Step step) {
        return controls.find(step.control().orElseThrow(), step.asset().orElseThrow())
                .thenApply(found -> found instanceof Finding.Accepted
                        ? new Sight.Desired(found.evidence())
                        : GateLook.sight(found));
    }

    @Override
    public CompletionStage<Answer> act(Step step, Rung rung, Duration limit) {
        Optional<Remedy> remedy = remedy(step);
        Optional<Asset> asset = step.asset().flatMap(tools.contracts()::asset);
        if (remedy.isEmpty() || asset.isEmpty()) {
            return declined("its remedy is not declared any more");
        }
        return mend(remedy.get(), asset.get(), limit);
    }

    private CompletionStage<Answer> mend(Remedy remedy, Asset asset, Duration limit) {
        if (asset instanceof Node node) {
            return switch (remedy.kind()) {
                case RESTART_FAILED_UNITS -> nodes.restartFailed(node, remedy.units(), limit);
                case RESTART_UNITS -> nodes.restart(node, remedy.units(), limit);
                case MOUNT_AGAIN -> nodes.mountAgain(node, limit);
                default -> declined("not a remedy of a node");
            };
        }
        if (asset instanceof Stack stack && remedy.kind() == Remedy.Kind.RENEW_STACK) {
            return renew(stack, limit);
        }
        if (asset instanceof Device device && remedy.kind() == Remedy.Kind.RESTART_DEVICE) {
            return devices.restart(device, limit);
        }
        if (!(asset instanceof Guest guest)) {
            return declined("nothing that can be mended from here");
        }
        return switch (remedy.kind()) {
            case START_GUEST -> start(guest, limit);
            case START_ADD_ONS -> homes.startAddOns(guest, limit).thenApply(Mending::orNothing);
            case RELOAD_INTEGRATIONS -> homes.reload(guest, limit).thenApply(Mending::orNothing);
            default -> declined("not a remedy of a guest");
        };
    }

    private CompletionStage<Answer> start(Guest guest, Duration limit) {
        return guests.of(guest)
                .map(at -> guests.ask(at, new NodeAsk.Start(guest.form(), guest.vmid(), limit))
                        .thenApply(Answers::of))
                .orElseGet(() -> declined("its node is not declared"));
    }

    private CompletionStage<Answer> renew(Stack stack, Duration limit) {
        ComposeCommands compose = ComposeCommands.of(stack);
        return tools.shell()
                .run(stack.runsOn(), compose.down(stack.grace(), limit.dividedBy(2)))
                .thenApply(Answers::of)
                .thenCompose(down -> down instanceof Answer.Accepted
                        ? Stacks.up(tools.shell(), stack, limit.dividedBy(2), limit.dividedBy(2))
                        : CompletableFuture.completedFuture(down));
    }

    private static Answer orNothing(Optional<Answer> last) {
        return last.orElseGet(() -> new Answer.Declined("nothing there that this remedy mends"));
    }

    static CompletionStage<Answer> declined(String why) {
        return CompletableFuture.completedFuture(new Answer.Declined(why));
    }

    private Optional<Remedy> remedy(Step step) {
        return tools.contracts().standard().controls().stream()
                .filter(control -> step.control().filter(control.id()::equals).isPresent())
                .findFirst()
                .flatMap(Control::mends);
    }

    /** Once: what did not help is not made better by more of it. */
    @Override
    public List<Rung> ladder(Step step) {
        return step.asset()
                .flatMap(tools.contracts()::asset)
                .map(asset -> List.of(new Rung(Rung.Force.GRACEFUL, PATIENCE.plus(extra(asset)))))
                .orElse(List.of());
    }

    private static Duration extra(Asset asset) {
        if (asset instanceof Stack stack) {
            return stack.stop().plus(stack.start()).multipliedBy(2);
        }
        if (asset instanceof Device) {
            return DeviceRestart.PATIENCE;
        }
        return asset instanceof Guest guest ? guest.start().multipliedBy(2) : Duration.ZERO;
    }
}
