package io.ridethrough.target.unifi;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.UnifiController;
import io.ridethrough.target.Said;
import io.ridethrough.target.Secrets;
import io.ridethrough.target.https.HttpCall;
import io.ridethrough.target.https.HttpCall.Method;
import io.ridethrough.target.https.Https;
import io.ridethrough.target.https.RefusedLogins;
import io.ridethrough.target.https.Reply;
import io.ridethrough.target.way.Told;
import io.ridethrough.target.way.WayTroubleException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Asks controllers by the classic API, on a console or self-hosted (protocols 3.2). A no is an answer; other trouble is
 * a {@link WayTroubleException}. Thread-safe.
 */
public final class ClassicWay {
    private static final Duration LOOK = Duration.ofSeconds(30);

    private final RefusedLogins logins;
    private final ClassicCalls calls;
    private final Turns<Strip> turns = new Turns<>();

    /** A device with outlets, by its MAC in lower case. */
    private record Strip(AssetId controller, String mac) {}

    public ClassicWay(Https https, Secrets secrets) {
        this.logins = new RefusedLogins(secrets);
        this.calls = new ClassicCalls(https, logins);
    }

    public CompletionStage<Told> ask(UnifiController controller, UnifiAsk ask) {
        if (ask instanceof UnifiAsk.Devices) {
            return look(controller, "/stat/device", ClassicReading::devices);
        }
        if (ask instanceof UnifiAsk.Rights look) {
            return told(controller, "/stat/device")
                    .thenCompose(devices -> told(controller, ClassicCalls.OWN_SITES))
                    .thenApply(sites -> rights(sites, controller.site(), look.acts()));
        }
        if (ask instanceof UnifiAsk.Clients) {
            return look(controller, "/stat/sta", all -> new UnifiTold.Clients(ClassicReading.clients(all)));
        }
        if (ask instanceof UnifiAsk.Networks) {
            return look(controller, "/rest/networkconf", ClassicReading::networks);
        }
        if (ask instanceof UnifiAsk.Reservations) {
            return look(controller, "/rest/user", ClassicReading::reservations);
        }
        if (ask instanceof UnifiAsk.Outlets) {
            return look(controller, "/stat/device", ClassicReading::outlets);
        }
        if (ask instanceof UnifiAsk.Uptimes) {
            return look(controller, "/stat/device", ClassicReading::uptimes);
        }
        if (ask instanceof UnifiAsk.Wiring) {
            return told(controller, "/stat/device").thenCompose(devices -> told(controller, "/stat/sta")
                    .thenApply(clients ->
                            new UnifiTold.Wiring(ClassicReading.switches(devices), ClassicReading.clients(clients))));
        }
        if (ask instanceof UnifiAsk.PortNetworks) {
            return told(controller, "/stat/device").thenCompose(devices -> told(controller, "/rest/networkconf")
                    .thenApply(networks -> ClassicReading.portNetworks(devices, networks)));
        }
        if (ask instanceof UnifiAsk.Restart act) {
            // Never "hard": that takes the PoE of all its ports too.
            return act(controller, Map.of("cmd", "restart", "mac", act.mac(), "reboot_type", "soft"), act.limit());
        }
        if (ask instanceof UnifiAsk.SwitchOutlet act) {
            Strip strip = new Strip(controller.runsOn(), act.mac().toLowerCase(Locale.ROOT));
            return turns.take(strip, () -> told(controller, "/stat/device")
                    .thenCompose(devices -> switched(controller, devices, act)));
        }
        UnifiAsk.CyclePort act = (UnifiAsk.CyclePort) ask;
        return act(controller, Map.of("cmd", "power-cycle", "mac", act.mac(), "port_idx", act.port()), act.limit());
    }

    /** A person says that a login which was refused may be tried once more. */
    public void forgive(AssetId controller) {
        logins.forgive(controller);
    }

    /**
     * The whole list is written: what a shorter one leaves out is wiped (protocols 3.2, trap 13). What was read must not
     * be older than what another outlet of the device was switched to: so each device is read and written in turn.
     */
    private CompletionStage<Told> switched(UnifiController controller, JsonNode devices, UnifiAsk.SwitchOutlet act) {
        Optional<OutletOverrides> known = OutletOverrides.of(devices, act.mac(), act.outlet());
        if (known.isEmpty()) {
            return CompletableFuture.completedFuture(
                    new Told.Declined("the controller knows no outlet " + act.outlet() + " of " + act.mac()));
        }
        // What shows on may be on its way off: only what is off for sure needs nothing.
        if (!act.on() && known.get().isOff()) {
            return CompletableFuture.completedFuture(new Told.Done(known.get().words() + " already"));
        }
        return calls.send(
                        controller,
                        Method.PUT,
                        "/rest/device/" + HttpCall.segment(known.get().device()),
                        Optional.of(known.get().with(act.on())),
                        act.limit())
                .thenCompose(reply -> reply instanceof Reply.Data
                        ? told(controller, "/stat/device").handle((after, trouble) -> seen(after, act))
                        : reply.actRefused());
    }

    private static Told seen(@Nullable JsonNode after, UnifiAsk.SwitchOutlet act) {
        String now = Optional.ofNullable(after)
                .flatMap(devices -> OutletOverrides.of(devices, act.mac(), act.outlet()))
                .map(OutletOverrides::words)
                .orElse("its relay is not told");
        return new Told.Done("the controller takes it: " + now);
    }

    /** A site's role of who asks is {@code admin} or a word for who may only look. */
    private static Told rights(JsonNode sites, String name, boolean acts) {
        String role = StreamSupport.stream(sites.spliterator(), false)
                .filter(site -> site.path("name").asText().equals(name))
                .map(site -> Said.line(site.path("role").asText()))
                .findFirst()
                .orElse("");
        if (role.isEmpty()) {
            return new Told.Done("tells its devices"
                    + (acts ? "; its role is not told, nor known until it acts whether it may" : ""));
        }
        return !acts || role.equals("admin")
                ? new Told.Done("tells its devices; its role is " + role)
                : new Told.Declined("its role is " + role + ": it may not power-cycle");
    }

    /** What is accepted is not done: its devices say when. */
    private CompletionStage<Told> act(UnifiController controller, Map<String, Object> command, Duration limit) {
        String body = Reply.JSON.valueToTree(command).toString();
        return calls.send(controller, Method.POST, "/cmd/devmgr", Optional.of(body), limit)
                .thenCompose(reply -> reply instanceof Reply.Data
                        ? CompletableFuture.completedFuture(new Told.Done("the controller takes it"))
                        : reply.actRefused());
    }

    private CompletionStage<Told> look(UnifiController controller, String path, Function<JsonNode, Told> read) {
        return told(controller, path).thenApply(read);
    }

    private CompletionStage<JsonNode> told(UnifiController controller, String path) {
        return calls.send(controller, Method.GET, path, Optional.empty(), LOOK)
                .thenCompose(
                        reply -> reply instanceof Reply.Data told && told.data().isArray()
                                ? CompletableFuture.completedFuture(told.data())
                                : reply instanceof Reply.Data
                                        ? new Reply.Unknown("an answer without data").<JsonNode>lookTrouble()
                                        : reply.lookTrouble());
    }
}
