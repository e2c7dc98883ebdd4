package io.ridethrough.camel;

import io.ridethrough.contract.ApiAccess;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.HomeAssistant;
import io.ridethrough.contract.HomeHealth;
import io.ridethrough.contract.Site;
import io.ridethrough.contract.SiteId;
import io.ridethrough.contract.SshAccess;
import io.ridethrough.contract.Ups;
import io.ridethrough.ready.Expiry;
import io.ridethrough.target.mqtt.BrokerAccess.Broker;
import io.ridethrough.target.ssh.Shell;
import io.ridethrough.target.ssh.SshHosts;
import io.ridethrough.target.tailnet.Tailnet;
import io.ridethrough.target.tls.PeerCertificate;
import io.ridethrough.target.tls.Pin;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * What of a site stops working by itself, and when: the certificates that its targets, NUT servers and brokers show, the
 * authorities that are pinned for them, and the tailnet key of the asset on which its way in is asked (protocols 8). What
 * cannot be seen now is left out: the trial of that way tells why.
 */
public final class ReadyExpiries {
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private final Supplier<Contracts> contracts;
    private final ReadyTrials.Reach reach;
    private final PowerSources sources;
    private final Shell shell;

    public ReadyExpiries(Supplier<Contracts> contracts, ReadyTrials.Reach reach, PowerSources sources, Shell shell) {
        this.contracts = contracts;
        this.reach = reach;
        this.sources = sources;
        this.shell = shell;
    }

    /** A server that may show a certificate. */
    private interface Server {
        /** Until when it is valid; empty where it shows none. */
        Optional<Instant> ends(Pin pin) throws IOException;
    }

    /** All of a site; none of one that is not declared. */
    public CompletionStage<List<Expiry>> of(SiteId id) {
        Contracts declared = contracts.get();
        List<CompletableFuture<List<Expiry>>> all = new ArrayList<>();
        declared.interfaces().forEach((target, access) -> {
            if (target.site().equals(id)) {
                all.add(blocking(() -> http(target, access)));
            }
        });
        declared.plugs().forEach((plug, way) -> {
            if (plug.site().equals(id)) {
                Broker broker = Broker.of(way);
                all.add(blocking(() -> broker(plug, broker, reach.wiring().tcp(broker.host(), broker.port()))));
            }
        });
        Optional.ofNullable(declared.sites().get(id)).ifPresent(site -> {
            site.power().upses().forEach(ups -> power(all, ups));
            zigbee(all, site);
            wayIn(all, declared, site);
        });
        return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
                .thenApply(done ->
                        all.stream().flatMap(each -> each.join().stream()).toList());
    }

    private CompletableFuture<List<Expiry>> blocking(Supplier<List<Expiry>> look) {
        return CompletableFuture.supplyAsync(look, reach.blocking());
    }

    private List<Expiry> http(AssetId target, ApiAccess access) {
        URI url = URI.create(access.url());
        int port = url.getPort() < 0 ? 443 : url.getPort();
        Optional<Pin> pinned = url.getScheme().equals("https") ? reach.pins().pin(target) : Optional.empty();
        return ends(
                target,
                url.getHost() + ":" + port,
                pinned,
                pin -> Optional.of(
                        PeerCertificate.ends(reach.wiring().tcp(url.getHost(), port), url.getHost(), pin, PATIENCE)));
    }

    private void power(List<CompletableFuture<List<Expiry>>> all, Ups ups) {
        ups.nut()
                .filter(source -> source.tls().isPresent())
                .ifPresent(source -> all.add(blocking(() -> ends(
                        ups.id(),
                        "the NUT server " + source.host() + ":" + source.port(),
                        reach.pins().pin(ups.id()),
                        pin -> sources.client(ups.id(), source).certificateEnds(PATIENCE)))));
        ups.mqtt().ifPresent(source -> {
            URI address = URI.create(sources.address(source));
            all.add(blocking(() -> broker(
                    ups.id(),
                    Broker.of(source),
                    new InetSocketAddress(
                            address.getHost(),
                            address.getPort() > 0
                                    ? address.getPort()
                                    : Broker.of(source).port()))));
        });
    }

    private void zigbee(List<CompletableFuture<List<Expiry>>> all, Site site) {
        Optional<AssetId> home = site.homeAssistant().map(HomeAssistant::guest);
        Optional<Broker> broker =
                site.upkeep().home().flatMap(HomeHealth::zigbee).map(Broker::of);
        if (home.isPresent() && broker.isPresent()) {
            Broker declared = broker.get();
            all.add(blocking(() -> broker(home.get(), declared, reach.wiring().tcp(declared.host(), declared.port()))));
        }
    }

    private List<Expiry> broker(AssetId target, Broker broker, InetSocketAddress at) {
        try {
            return ends(
                    target,
                    "the broker " + broker.uri(),
                    broker.isSecure() ? broker.tls().map(reach.pins()::declared) : Optional.empty(),
                    pin -> Optional.of(PeerCertificate.ends(at, broker.host(), pin, PATIENCE)));
        } catch (IllegalArgumentException unreadable) {
            return List.of(); // its connections tell why
        }
    }

    private static List<Expiry> ends(AssetId target, String where, Optional<Pin> pinned, Server server) {
        List<Expiry> all = new ArrayList<>();
        if (pinned.isPresent()) {
            Pin pin = pinned.get();
            if (pin instanceof Pin.Authority authority) {
                authority
                        .certificates()
                        .forEach(one -> all.add(new Expiry(
                                target,
                                "the authority pinned for " + where + ", "
                                        + one.getSubjectX500Principal().getName(),
                                one.getNotAfter().toInstant())));
            }
            try {
                server.ends(pin).ifPresent(at -> all.add(new Expiry(target, "the certificate of " + where, at)));
            } catch (IOException e) {
                // the trial of that way tells why
            }
        }
        return all;
    }

    private void wayIn(List<CompletableFuture<List<Expiry>>> all, Contracts declared, Site site) {
        site.outOfBand().askedOn().ifPresent(asked -> {
            boolean sudo = declared.asset(asked)
                    .flatMap(SshHosts::accessOf)
                    .map(SshAccess::sudo)
                    .orElse(false);
            all.add(shell.run(asked, Tailnet.ask(sudo))
                    .thenApply(result -> Tailnet.read(result) instanceof Tailnet.Running running
                            ? running.keyEnds().stream()
                                    .map(at -> new Expiry(asked, "its tailnet key, by which the site is reached", at))
                                    .toList()
                            : List.<Expiry>of())
                    .toCompletableFuture());
        });
    }
}
