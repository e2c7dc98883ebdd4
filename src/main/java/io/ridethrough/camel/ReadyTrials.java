package io.ridethrough.camel;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Guest;
import io.ridethrough.contract.HomeAssistant;
import io.ridethrough.contract.HomeHealth;
import io.ridethrough.contract.Nas;
import io.ridethrough.contract.Node;
import io.ridethrough.contract.SecretUse;
import io.ridethrough.contract.Site;
import io.ridethrough.contract.SiteId;
import io.ridethrough.contract.SshAccess;
import io.ridethrough.contract.Stack;
import io.ridethrough.contract.UnifiController;
import io.ridethrough.contract.Ups;
import io.ridethrough.contract.WakeWay;
import io.ridethrough.ready.Trial;
import io.ridethrough.target.Secrets;
import io.ridethrough.target.Wiring;
import io.ridethrough.target.homeassistant.HomeAsk;
import io.ridethrough.target.mqtt.BrokerAccess;
import io.ridethrough.target.mqtt.RetainedMessages;
import io.ridethrough.target.nas.NasAsk;
import io.ridethrough.target.nut.NutAnswer;
import io.ridethrough.target.nut.NutClient;
import io.ridethrough.target.off.DelayedPowerOff;
import io.ridethrough.target.plug.PlugAsk;
import io.ridethrough.target.proxmox.NodeAsk;
import io.ridethrough.target.proxmox.RootCommands;
import io.ridethrough.target.redfish.RedfishAsk;
import io.ridethrough.target.ssh.Permitted;
import io.ridethrough.target.ssh.RemoteCommand;
import io.ridethrough.target.ssh.Shell;
import io.ridethrough.target.stack.ComposeCommands;
import io.ridethrough.target.tls.Pins;
import io.ridethrough.target.unifi.UnifiAsk;
import io.ridethrough.target.wake.WakeCommand;
import io.ridethrough.target.way.Ask;
import io.ridethrough.target.way.Commanded;
import io.ridethrough.target.way.Told;
import io.ridethrough.target.zigbee.ZigbeeTopics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The ways to the targets of a site, each to be tried on its own with what an outage would need of it. */
public final class ReadyTrials {
    private static final String API = "API";
    private static final String SSH = "SSH";
    private static final String RARE = "SSH for rare commands";
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private final Supplier<Contracts> contracts;
    private final Ways ways;
    private final Reach reach;

    /** The ways by kind of target. */
    public record Ways(
            RoutedWays<Node, NodeAsk> nodes,
            RoutedWays<Nas, NasAsk> nases,
            RoutedWays<UnifiController, UnifiAsk> controllers,
            RoutedWays<WakeWay.Management, RedfishAsk> managements,
            RoutedWays<WakeWay.Plug, PlugAsk> plugs,
            RoutedWays<HomeAssistant, HomeAsk> homes,
            Shell shell,
            RetainedMessages brokers,
            PowerSources sources,
            PowerWatch power) {}

    /**
     * How a target's certificate is seen.
     *
     * @param secrets as they are kept at this moment: what is remembered of one that is gone does not outlive the process
     * @param blocking where what blocks waits
     */
    public record Reach(Wiring wiring, Pins pins, Secrets secrets, Executor blocking) {}

    public ReadyTrials(Supplier<Contracts> contracts, Ways ways, Reach reach) {
        this.contracts = contracts;
        this.ways = ways;
        this.reach = reach;
    }

    /** Every way to every target of the site; none for a site that is not declared. */
    public List<Trial> of(SiteId id) {
        Site site = contracts.get().sites().get(id);
        if (site == null) {
            return List.of();
        }
        List<Trial> all = new ArrayList<>();
        site.nodes().forEach(node -> {
            Map<Integer, Guest.Form> guests = site.guests().stream()
                    .filter(guest -> guest.runsOn().equals(node.id()))
                    .collect(Collectors.toMap(Guest::vmid, Guest::form, (one, same) -> one));
            both(all, node.id(), ways.nodes(), new NodeAsk.Rights(guests));
            besides(all, node.id(), node.ssh(), RootCommands.besides(contracts.get(), node));
        });
        site.nases().forEach(nas -> {
            both(all, nas.id(), ways.nases(), new NasAsk.Rights());
            besides(all, nas.id(), nas.ssh(), DelayedPowerOff.besides(contracts.get(), nas));
        });
        site.controllers().forEach(controller -> {
            AssetId on = controller.runsOn();
            UnifiAsk look = new UnifiAsk.Rights(acts(on));
            all.add(new Trial(on, "integration API", () -> ways.controllers().byFirst(on, look)));
            controller
                    .classicSecret()
                    .ifPresent(secret -> all.add(new Trial(
                            on, "classic API", () -> ways.controllers().bySecond(on, look))));
        });
        site.homeAssistant().map(HomeAssistant::guest).ifPresent(home -> {
            all.add(new Trial(home, "REST", () -> ways.homes().byFirst(home, new HomeAsk.State())));
            all.add(new Trial(home, "WebSocket", () -> ways.homes().bySecond(home, new HomeAsk.AddOns())));
        });
        contracts.get().managements().keySet().stream()
                .filter(controller -> controller.site().equals(id))
                .forEach(controller -> all.add(new Trial(
                        controller, "Redfish", () -> ways.managements().byFirst(controller, new RedfishAsk.Rights()))));
        contracts.get().plugs().keySet().stream()
                .filter(plug -> plug.site().equals(id))
                .forEach(plug ->
                        all.add(new Trial(plug, "MQTT", () -> ways.plugs().byFirst(plug, new PlugAsk.State()))));
        site.stacks().forEach(stack -> all.add(new Trial(stack.id(), SSH, () -> stack(stack))));
        site.guests().stream()
                .filter(guest -> guest.ssh().isPresent())
                .forEach(guest -> all.add(new Trial(guest.id(), SSH, () -> login(guest.id()))));
        site.power().upses().forEach(ups -> power(all, ups));
        zigbee(site).ifPresent(all::add);
        SecretUse.of(contracts.get()).stream()
                .filter(use -> use.asset().site().equals(id))
                .flatMap(use -> gone(use).stream())
                .forEach(all::add);
        helpers(id).forEach(helper -> all.add(new Trial(helper, "wakeonlan", () -> helps(helper))));
        return all;
    }

    /** A trial that fails, of a secret that is not there any more, or not its owner's alone. */
    private Optional<Trial> gone(SecretUse use) {
        try {
            var unused = reach.secrets().secret(use.name());
            return Optional.empty();
        } catch (Secrets.UnusableSecretException e) {
            Told why = new Told.Declined(String.valueOf(e.getMessage()));
            return Optional.of(
                    new Trial(use.asset(), "secret " + use.name(), () -> CompletableFuture.completedFuture(why)));
        }
    }

    /** Its broker is asked for what the bridge keeps there of itself; that nothing is kept is no evidence of a login. */
    private Optional<Trial> zigbee(Site site) {
        Optional<HomeHealth.Zigbee> declared = site.upkeep().home().flatMap(HomeHealth::zigbee);
        return site.homeAssistant()
                .map(HomeAssistant::guest)
                .flatMap(home -> declared.map(zigbee -> new Trial(home, "Zigbee2MQTT's broker", () -> bridge(zigbee))));
    }

    private CompletionStage<Told> bridge(HomeHealth.Zigbee zigbee) {
        String topic = new ZigbeeTopics(zigbee.topic()).bridge();
        return ways.brokers()
                .of(BrokerAccess.Broker.of(zigbee), Set.of(topic), PATIENCE)
                .thenApply(answer -> {
                    if (answer instanceof RetainedMessages.Kept kept) {
                        return kept.payloads().containsKey(topic)
                                ? new Told.Done("lets us hear " + topic)
                                : new Told.Declined("nothing is kept on " + topic + ", or its login may not hear it");
                    }
                    return new Told.Undelivered(((RetainedMessages.Unreachable) answer).why());
                });
    }

    private static <T, A extends Ask> void both(List<Trial> all, AssetId target, RoutedWays<T, A> ways, A look) {
        if (ways.hasFirst(target)) {
            all.add(new Trial(target, API, () -> ways.byFirst(target, look)));
        }
        all.add(new Trial(target, SSH, () -> ways.bySecond(target, look)));
    }

    /** What goes through a host's shell alone: nothing to ask where no sudo stands before it. */
    private void besides(List<Trial> all, AssetId host, SshAccess ssh, List<RemoteCommand> sent) {
        if (ssh.sudo() && !sent.isEmpty()) {
            all.add(new Trial(
                    host, RARE, () -> Permitted.all(command -> ways.shell().run(host, command), sent)));
        }
    }

    private CompletionStage<Told> stack(Stack stack) {
        return ways.shell()
                .run(stack.id(), ComposeCommands.of(stack).ps())
                .thenApply(Commanded::told)
                .thenApply(told ->
                        told instanceof Told.Done ? new Told.Done("logs in, and docker compose answers") : told);
    }

    private CompletionStage<Told> login(AssetId host) {
        return ways.shell()
                .run(host, RemoteCommand.look(PATIENCE, "true"))
                .thenApply(Commanded::told)
                .thenApply(told -> told instanceof Told.Done ? new Told.Done("logs in") : told);
    }

    /** Whether any way to wake takes power at a switch of that controller, and gives it back. */
    private boolean acts(AssetId controller) {
        return wakes().anyMatch(way ->
                way instanceof WakeWay.PoweredPort port && port.controller().equals(controller));
    }

    /** Who of the site sends magic packets for others, of whichever site. */
    private SortedSet<AssetId> helpers(SiteId site) {
        return wakes().filter(WakeWay.WakeOnLan.class::isInstance)
                .flatMap(way -> ((WakeWay.WakeOnLan) way).from().stream())
                .filter(helper -> helper.site().equals(site))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Stream<WakeWay> wakes() {
        return contracts.get().sites().values().stream()
                .flatMap(site -> Stream.concat(
                        site.nodes().stream().map(Node::wake),
                        site.nases().stream().map(Nas::wake)))
                .flatMap(List::stream);
    }

    private CompletionStage<Told> helps(AssetId helper) {
        return ways.shell().run(helper, WakeCommand.isThere()).thenApply(WakeCommand::told);
    }

    private void power(List<Trial> all, Ups ups) {
        ups.nut()
                .ifPresent(source -> all.add(new Trial(
                        ups.id(),
                        "NUT",
                        () -> CompletableFuture.supplyAsync(
                                () -> told(ups, ways.sources().client(ups.id(), source)), reach.blocking()))));
        ups.mqtt()
                .ifPresent(source ->
                        all.add(new Trial(ups.id(), "MQTT", () -> CompletableFuture.completedFuture(heard(ups.id())))));
        ups.home()
                .ifPresent(source -> all.add(new Trial(
                        ups.id(), "Home Assistant", () -> CompletableFuture.completedFuture(heard(ups.id())))));
    }

    private Told heard(AssetId ups) {
        return ways.power()
                .silent(ups)
                .<Told>map(Told.Undelivered::new)
                .orElseGet(() -> new Told.Done("tells how it stands"));
    }

    /** How it stands; of one that is to cut its load whether it can be told to. */
    private static Told told(Ups ups, NutClient client) {
        Told told = told(client.variables(PATIENCE));
        return told instanceof Told.Done && ups.cutOff().isPresent() ? client.cutsOff(PATIENCE) : told;
    }

    private static Told told(NutAnswer answer) {
        if (answer instanceof NutAnswer.Variables) {
            return new Told.Done("tells how it stands");
        }
        if (answer instanceof NutAnswer.Stale stale) {
            return new Told.Declined("its NUT server has lost it: " + stale.why());
        }
        return answer instanceof NutAnswer.Refused refused
                ? new Told.Declined(refused.why())
                : new Told.Undelivered(((NutAnswer.Silent) answer).why());
    }
}
