package io.ridethrough.camel.hands;

import io.ridethrough.contract.Asset;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Device;
import io.ridethrough.contract.Guest;
import io.ridethrough.contract.HomeAssistant;
import io.ridethrough.contract.HomeHealth;
import io.ridethrough.contract.Probe;
import io.ridethrough.contract.Site;
import io.ridethrough.contract.Stack;
import io.ridethrough.target.probe.ProbeAnswer;
import io.ridethrough.target.tcp.Knock;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * What a Home Assistant is to find when it starts, and how each is asked: a name service by a real question, as its probe
 * declares it; a device by a knock; another guest or stack by its probes; the broker of its Zigbee by a knock. What runs in
 * its own guest is not waited for, and neither is what nothing is declared to be asked by.
 */
final class HomeNeeds {
    private static final Duration KNOCK = Duration.ofSeconds(3);
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final int NAMES = 53;

    private final Tools tools;

    HomeNeeds(Tools tools) {
        this.tools = tools;
    }

    /** One question to what is needed; whether it is answered. */
    private interface Question extends Supplier<CompletionStage<Boolean>> {}

    /** Completes with what was waited for and what still does not answer, for people; empty when there is nothing. */
    CompletionStage<String> waited(Guest guest, HomeAssistant home) {
        Map<String, Question> needs = needs(guest, home);
        if (needs.isEmpty()) {
            return CompletableFuture.completedFuture("");
        }
        long begin = tools.time().nanos();
        return silent(needs, begin + home.waits().toNanos()).thenApply(silent -> {
            String waited = Duration.ofNanos(tools.time().nanos() - begin).toSeconds() + " s for "
                    + String.join(", ", needs.keySet());
            return "; before that waited " + waited
                    + (silent.isEmpty() ? "" : "; no answer from " + String.join(", ", silent));
        });
    }

    private Map<String, Question> needs(Guest guest, HomeAssistant home) {
        Map<String, Question> needs = new TreeMap<>();
        Optional<Site> site =
                Optional.ofNullable(tools.contracts().sites().get(guest.id().site()));
        Set<AssetId> ids = new TreeSet<>(home.radios());
        ids.addAll(guest.needs());
        site.flatMap(Site::gateway).ifPresent(ids::add);
        site.flatMap(Site::nameService).ifPresent(ids::add);
        ids.removeIf(id -> inItself(guest, id));
        ids.forEach(id -> tools.contracts()
                .asset(id)
                .flatMap(asset -> question(asset, site))
                .ifPresent(question -> needs.put(id.toString(), question)));
        site.flatMap(one -> one.upkeep().home())
                .flatMap(HomeHealth::zigbee)
                .map(zigbee -> URI.create(zigbee.broker()))
                .filter(broker -> broker.getHost() != null && !broker.getHost().equals(own(home)))
                .ifPresent(broker -> needs.put(broker.toString(), () -> accepts(broker.getHost(), broker.getPort())));
        return needs;
    }

    private boolean inItself(Guest guest, AssetId id) {
        return id.equals(guest.id())
                || tools.contracts()
                        .asset(id)
                        .filter(asset ->
                                asset instanceof Stack stack && stack.runsOn().equals(guest.id()))
                        .isPresent();
    }

    private static String own(HomeAssistant home) {
        return String.valueOf(URI.create(home.api().url()).getHost());
    }

    private Optional<Question> question(Asset asset, Optional<Site> site) {
        List<Probe> probes = new ArrayList<>();
        site.ifPresent(one -> one.probes().stream()
                .filter(probe -> probe.asset().equals(asset.id()) && !(probe instanceof Probe.Command))
                .forEach(probes::add));
        List<Probe> names = probes.stream().filter(Probe.Dns.class::isInstance).toList();
        boolean serves =
                site.flatMap(Site::nameService).filter(asset.id()::equals).isPresent();
        if (serves && !names.isEmpty()) {
            return Optional.of(() -> answered(names));
        }
        if (asset instanceof Device device
                && device.address().isPresent()
                && !device.ports().isEmpty()) {
            return Optional.of(
                    () -> accepts(device.address().get(), device.ports().get(0)));
        }
        if (!probes.isEmpty()) {
            return Optional.of(() -> answered(probes));
        }
        return serves ? address(asset).map(host -> () -> accepts(host, NAMES)) : Optional.empty();
    }

    private static Optional<String> address(Asset asset) {
        if (asset instanceof Guest guest) {
            return guest.ssh().map(ssh -> ssh.host());
        }
        return asset instanceof Device device ? device.address() : Optional.empty();
    }

    /** Those that do not answer when all do, or when the time is over. */
    private CompletionStage<Set<String>> silent(Map<String, Question> needs, long deadline) {
        CompletionStage<Set<String>> round = CompletableFuture.completedFuture(new TreeSet<>());
        for (Map.Entry<String, Question> need : needs.entrySet()) {
            round = round.thenCombine(need.getValue().get(), (silent, answers) -> {
                if (!answers) {
                    silent.add(need.getKey());
                }
                return silent;
            });
        }
        return round.thenCompose(silent -> {
            if (silent.isEmpty() || tools.time().nanos() >= deadline) {
                return CompletableFuture.completedFuture(silent);
            }
            return tools.time().after(PAUSE).thenCompose(waited -> silent(needs, deadline));
        });
    }

    private CompletionStage<Boolean> accepts(String host, int port) {
        return tools.knock().knock(host, port, KNOCK).thenApply(heard -> heard.sign() == Knock.Sign.ACCEPTED);
    }

    private CompletionStage<Boolean> answered(List<Probe> probes) {
        CompletionStage<Boolean> all = CompletableFuture.completedFuture(true);
        for (Probe probe : probes) {
            all = all.thenCombine(
                    tools.probes().ask(probe, KNOCK),
                    (well, answer) -> well && answer.health() == ProbeAnswer.Health.WELL);
        }
        return all;
    }
}
