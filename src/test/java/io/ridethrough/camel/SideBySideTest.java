package io.ridethrough.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.api.TargetReport.WayState;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.FakeContracts;
import io.ridethrough.contract.HomeAssistant;
import io.ridethrough.realparts.Until;
import io.ridethrough.target.VirtualTime;
import io.ridethrough.target.homeassistant.HomeAsk;
import io.ridethrough.target.homeassistant.HomeLogins;
import io.ridethrough.target.homeassistant.HomeTold;
import io.ridethrough.target.homeassistant.RestWay;
import io.ridethrough.target.homeassistant.SocketWay;
import io.ridethrough.target.https.HttpReply;
import io.ridethrough.target.way.Told;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The limit that health shows of a target with a bulkhead, through the product's own route, is the one that holds. */
@Timeout(90)
class SideBySideTest {
    private static final AssetId HOME = AssetId.parse("attic/web");
    private static final int LIMIT = 8;

    private final Queue<CompletableFuture<HttpReply>> sent = new ConcurrentLinkedQueue<>();
    private LabTargets targets;
    private RoutedWays<HomeAssistant, HomeAsk> homes;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        Contracts contracts = FakeContracts.atticWithHome();
        targets = new LabTargets(contracts, folder);
        HomeLogins logins = new HomeLogins(targets.secrets());
        homes = Targets.homes(
                targets.context,
                contracts,
                new RestWay((target, call) -> held(), logins),
                new SocketWay(targets.wiring, targets.pins, logins, targets.callers, LabTargets.SPEED));
        targets.start("routes/targets/home-assistant.yaml");
        homes.follow(contracts);
        homes.bulkhead(targets.breakers, LIMIT, new VirtualTime()); // in which no turn is ever too late
    }

    @AfterEach
    void stop() throws Exception {
        targets.close();
    }

    @Test
    void ofNineCallsEightAreInFlightAndTheNinthGoesWhenOneEndsByWhicheverWay() throws Exception {
        List<CompletableFuture<Told>> looks = new ArrayList<>();
        for (int i = 0; i < LIMIT; i++) {
            looks.add(homes.ask(HOME, new HomeAsk.State()).toCompletableFuture());
        }
        CompletionStage<Told> ninth = homes.ask(HOME, new HomeAsk.State());
        CompletionStage<Told> bySocket = homes.ask(HOME, new HomeAsk.AddOns());
        CompletionStage<Told> alone = homes.bySecond(HOME, new HomeAsk.State());
        Until.holds(() -> sent.size() == LIMIT);
        assertThat(way().inFlight()).isEqualTo(LIMIT);
        assertThat(way().limit()).isEqualTo(OptionalInt.of(LIMIT));

        sent.remove().complete(gone());

        assertThat(LabTargets.of(CompletableFuture.anyOf(looks.toArray(CompletableFuture[]::new))))
                .isInstanceOf(HomeTold.Running.class);
        Until.holds(() -> sent.size() == LIMIT);
        assertThat(way().inFlight()).isEqualTo(LIMIT);
        assertThat(List.of(ninth, bySocket, alone))
                .as("the ninth is not answered yet, and the others wait behind it")
                .noneMatch(stage -> stage.toCompletableFuture().isDone());

        sent.remove().complete(gone());

        assertThat(LabTargets.of(bySocket)).isInstanceOf(HomeTold.AddOns.class);
        assertThat(LabTargets.of(alone)).isInstanceOf(HomeTold.Running.class);
    }

    private CompletionStage<HttpReply> held() {
        CompletableFuture<HttpReply> reply = new CompletableFuture<>();
        sent.add(reply);
        return reply;
    }

    /** The WebSocket answers then. */
    private static HttpReply gone() {
        return new HttpReply.Undelivered(HttpReply.Cause.UNREACHABLE, "gone");
    }

    private WayState way() {
        return targets.breakers.ways().stream()
                .filter(way -> way.target().equals(HOME.toString()))
                .findFirst()
                .orElseThrow();
    }
}
