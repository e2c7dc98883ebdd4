package io.ridethrough.camel;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.lab.HostPort;
import io.ridethrough.lab.LabOptions;
import io.ridethrough.lab.LabWiring;
import io.ridethrough.lab.LabWorld;
import io.ridethrough.target.FakeShell;
import io.ridethrough.target.LoginPauses;
import io.ridethrough.target.Secret;
import io.ridethrough.target.Secrets;
import io.ridethrough.target.Wiring;
import io.ridethrough.target.mqtt.BrokerAccess;
import io.ridethrough.target.tls.Pin;
import io.ridethrough.target.tls.Pins;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** The lab on real sockets with TLS, and the product's routes to its targets. SSH goes by a script. */
final class LabTargets implements AutoCloseable {
    static final double SPEED = 20;

    final LabWorld world;
    final FakeShell shell = new FakeShell();
    final DefaultCamelContext context = new DefaultCamelContext();
    final RoutedHttps https;
    final Breakers breakers;
    /** Addresses whose packets go where nobody ever answers; connections that stand are kept. */
    final Map<String, InetSocketAddress> blackHoles = new ConcurrentHashMap<>();
    /** Secrets by name: those of the lab, until a test puts others. */
    final Map<String, String> logins;

    final Wiring wiring;
    final Pins pins;
    final ExecutorService callers = Executors.newCachedThreadPool();
    private final Contracts contracts;

    LabTargets(Contracts contracts, Path folder) throws Exception {
        this.contracts = contracts;
        world = LabWorld.start(contracts, new LabOptions(SPEED, folder));
        LabWiring lab = world.wiring();
        wiring = wiring(lab);
        logins = new HashMap<>(lab.logins());
        Optional<Pin> pin = Optional.of(Pin.authority(lab.authority()));
        pins = target -> pin;
        context.getRegistry().bind("faults", new Faults());
        breakers = new SshRoutes(context, shell, SPEED).breakers();
        https = new RoutedHttps(context, wiring, pins, new WallTime(SPEED, callers), callers, SPEED);
    }

    Secrets secrets() {
        return name -> Secret.of(logins.getOrDefault(name, ""));
    }

    /** How connections to brokers begin. */
    BrokerAccess brokers() {
        return new BrokerAccess(secrets(), pins, new LoginPauses(System::nanoTime, SPEED));
    }

    /** Starts the routes of these files beside those that every target has. */
    void start(String file) throws Exception {
        for (String each : List.of("routes/errors.yaml", "routes/targets/https-target.yaml", file)) {
            PluginHelper.getRoutesLoader(context)
                    .loadRoutes(ResourceHelper.resolveMandatoryResource(context, "file:" + each));
        }
        context.start();
        Map<AssetId, String> roots = new TreeMap<>();
        contracts.interfaces().forEach((target, access) -> roots.put(target, access.url()));
        https.follow(roots);
    }

    static <T> T of(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private Wiring wiring(LabWiring lab) {
        return new Wiring() {
            @Override
            public InetSocketAddress tcp(String host, int port) {
                InetSocketAddress hole = blackHoles.get(host);
                return hole == null ? at(lab.tcp(), host, port) : hole;
            }

            @Override
            public InetSocketAddress udp(String host, int port) {
                return at(lab.udp(), host, port);
            }
        };
    }

    private static InetSocketAddress at(Map<HostPort, InetSocketAddress> places, String host, int port) {
        return places.getOrDefault(new HostPort(host, port), InetSocketAddress.createUnresolved("nowhere", port));
    }

    @Override
    public void close() throws IOException {
        context.getShutdownStrategy().setTimeout(1);
        context.close();
        world.close();
        callers.shutdownNow();
    }
}
