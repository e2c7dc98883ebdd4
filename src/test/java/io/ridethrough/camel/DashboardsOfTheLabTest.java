package io.ridethrough.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.FakeContracts;
import io.ridethrough.contract.HomeAssistant;
import io.ridethrough.dashboard.DashboardShelf;
import io.ridethrough.dashboard.Dashboards;
import io.ridethrough.dashboard.Dashboards.Stands;
import io.ridethrough.dashboard.KeptDashboard;
import io.ridethrough.lab.host.Fault;
import io.ridethrough.lab.host.Fault.Interface.How;
import io.ridethrough.lab.host.Fault.Interface.Surface;
import io.ridethrough.lab.host.LabHomeAssistant;
import io.ridethrough.target.homeassistant.HomeAsk;
import io.ridethrough.target.homeassistant.HomeLogins;
import io.ridethrough.target.homeassistant.RestWay;
import io.ridethrough.target.homeassistant.SocketWay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Dashboards are kept and put back by the product's own route, at a Home Assistant that loses them. */
@Timeout(90)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DashboardsOfTheLabTest {
    private static final AssetId ID = AssetId.parse("attic/web");

    private final Contracts contracts = FakeContracts.atticWithHome();

    @SuppressWarnings("NullAway.Init")
    private LabTargets targets;

    @SuppressWarnings("NullAway.Init")
    private LabHomeAssistant home;

    @SuppressWarnings("NullAway.Init")
    private RoutedWays<HomeAssistant, HomeAsk> both;

    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Dashboards dashboards;

    @BeforeAll
    void start(@TempDir Path lab) throws Exception {
        targets = new LabTargets(contracts, lab);
        home = targets.world.home(ID);
        HomeLogins logins = new HomeLogins(targets.secrets());
        both = Targets.homes(
                targets.context,
                contracts,
                new RestWay(targets.https, logins),
                new SocketWay(targets.wiring, targets.pins, logins, targets.callers, LabTargets.SPEED));
        targets.start("routes/targets/home-assistant.yaml");
        both.follow(contracts);
    }

    @BeforeEach
    void nothingIsKept(@TempDir Path kept) {
        folder = kept;
        dashboards = new Dashboards(() -> contracts, both, new DashboardShelf(kept), InstantSource.system());
        home.dashboard("wall-panel", 3);
        home.dashboard("lovelace", 2);
        home.dashboard("garden", 1);
    }

    @AfterAll
    void stop() throws Exception {
        targets.close();
    }

    @Test
    void whatIsAwayComesBackAsItWasAndIsSeenTo() throws Exception {
        assertThat(of(dashboards.keep(ID))).isEqualTo("web: 3 dashboards are kept, 3 of them anew");
        assertThat(of(dashboards.keep(ID)))
                .as("nothing changed")
                .isEqualTo("web: 3 dashboards are kept, 0 of them anew");
        home.noDashboard("wall-panel");
        home.noDashboard("garden");

        assertThat(stands())
                .isEqualTo(Map.of(
                        "wall-panel", Stands.AWAY,
                        "garden", Stands.AWAY,
                        "lovelace", Stands.AS_KEPT));
        assertThat(put(Set.of()))
                .allSatisfy(one -> assertThat(one.back()).as(one.evidence()).isTrue())
                .extracting(Dashboards.PutBack::path)
                .containsExactly("garden", "wall-panel");
        assertThat(home.views("wall-panel")).isEqualTo(3);
        assertThat(home.views("garden")).as("a path of a single word").isEqualTo(1);
        assertThat(stands())
                .containsOnlyKeys("garden", "lovelace", "wall-panel")
                .containsValue(Stands.AS_KEPT);
    }

    @Test
    void whatIsThereIsOverwrittenOnlyWhenItIsNamed() throws Exception {
        of(dashboards.keep(ID));
        home.dashboard("wall-panel", 5);

        assertThat(put(Set.of())).isEmpty();
        assertThat(home.views("wall-panel")).isEqualTo(5);
        assertThat(put(Set.of("wall-panel"))).singleElement().matches(Dashboards.PutBack::back);
        assertThat(home.views("wall-panel")).isEqualTo(3);
    }

    /** The default one is made by nobody: it is there, and empty. */
    @Test
    void whatWasEmptiedIsAwayAndNeverTakesThePlaceOfWhatIsKept() throws Exception {
        of(dashboards.keep(ID));
        home.dashboard("lovelace", 0);
        home.noDashboard("wall-panel");
        assertThat(of(dashboards.keep(ID))).isEqualTo("web: 1 dashboards are kept, 0 of them anew");

        assertThat(put(Set.of())).allMatch(Dashboards.PutBack::back).hasSize(2);
        assertThat(home.views("lovelace")).isEqualTo(2);
    }

    @Test
    void whatCannotBeSeenLeavesWhatIsKeptAlone() throws Exception {
        of(dashboards.keep(ID));
        targets.world.fault(ID, new Fault.Interface(How.GONE));
        String then = of(dashboards.keep(ID));
        String trouble = of(dashboards.seen(ID)).trouble();
        targets.world.heal(ID);

        assertThat(then).startsWith("web: dashboards are not kept: ");
        assertThat(trouble).startsWith("the dashboards cannot be seen: ");
        assertThat(new DashboardShelf(folder).of(ID)).hasSize(3);
    }

    /** One that is away takes two acts, and its socket hangs up on each: only what is seen then counts. */
    @Test
    void whatItTookBeforeItHungUpIsToldByWhatIsSeenThen() throws Exception {
        of(dashboards.keep(ID));
        home.noDashboard("wall-panel");
        targets.world.fault(ID, new Fault.Interface(How.DROPS, Surface.SOCKET));
        List<Dashboards.PutBack> made = put(Set.of());
        List<Dashboards.PutBack> saved = put(Set.of());
        targets.world.heal(ID);

        assertThat(made).singleElement().satisfies(one -> {
            assertThat(one.back()).isFalse();
            assertThat(one.evidence()).contains("it hung up").endsWith("seen away");
        });
        assertThat(saved).singleElement().satisfies(one -> {
            assertThat(one.back()).isTrue();
            assertThat(one.evidence()).contains("it hung up").endsWith("seen as it was kept");
        });
        assertThat(home.views("wall-panel")).isEqualTo(3);
    }

    @Test
    void whatHomeAssistantRefusesIsNotToldAsBack() throws Exception {
        of(dashboards.keep(ID));
        home.dashboard("wall-panel", 5);
        home.dashboardOfAFile("wall-panel");

        assertThat(put(Set.of("wall-panel"))).singleElement().satisfies(one -> {
            assertThat(one.back()).isFalse();
            assertThat(one.evidence()).contains("Not supported").endsWith("seen with something else on it");
        });
    }

    @Test
    void aDashboardThatIsAFileIsKeptByWhoeverKeepsThatFile() throws Exception {
        home.dashboardOfAFile("garden");

        assertThat(of(dashboards.keep(ID))).startsWith("web: 2 dashboards are kept");
        assertThat(stands()).doesNotContainKey("garden");
    }

    @Test
    void onlyTheOwnerReadsWhatIsKeptAndEarlierContentsStay() throws Exception {
        of(dashboards.keep(ID));
        home.dashboard("wall-panel", 4);
        of(dashboards.keep(ID));

        assertThat(files()).hasSize(5).allSatisfy(file -> assertThat(
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------"));
        assertThat(new DashboardShelf(folder).of(ID))
                .filteredOn(one -> one.path().equals("wall-panel"))
                .singleElement()
                .returns(4, KeptDashboard::views);
    }

    @Test
    void aFileThatIsNotWhatWasKeptIsToldAndNeverPutBack() throws Exception {
        of(dashboards.keep(ID));
        for (Path file : files()) {
            if (!file.endsWith("kept.json")) {
                Files.writeString(file, Files.readString(file).replace("View 0", "View 9"));
            }
        }

        assertThat(of(dashboards.seen(ID)).trouble())
                .startsWith("what is kept cannot be read: " + folder)
                .endsWith(".json: error: it is not what was kept");
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    private Map<String, Stands> stands() throws Exception {
        Map<String, Stands> all = new TreeMap<>();
        of(dashboards.seen(ID)).all().forEach(one -> all.put(one.kept().path(), one.stands()));
        return all;
    }

    private List<Dashboards.PutBack> put(Set<String> named) throws Exception {
        return of(dashboards.put(ID, Dashboards.toPut(of(dashboards.seen(ID)), named)));
    }

    private static <T> T of(CompletionStage<T> told) throws Exception {
        return told.toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
}
