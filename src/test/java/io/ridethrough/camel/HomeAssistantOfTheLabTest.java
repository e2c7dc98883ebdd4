package io.ridethrough.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ridethrough.api.TargetReport;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.FakeContracts;
import io.ridethrough.contract.HomeAssistant;
import io.ridethrough.lab.host.Fault;
import io.ridethrough.lab.host.Fault.Interface.How;
import io.ridethrough.lab.host.Fault.Interface.Surface;
import io.ridethrough.lab.host.LabHomeAssistant;
import io.ridethrough.realparts.Until;
import io.ridethrough.target.homeassistant.HomeAsk;
import io.ridethrough.target.homeassistant.HomeLogins;
import io.ridethrough.target.homeassistant.HomeTold;
import io.ridethrough.target.homeassistant.HomeTold.State;
import io.ridethrough.target.homeassistant.RestWay;
import io.ridethrough.target.homeassistant.SocketWay;
import io.ridethrough.target.tls.Pin;
import io.ridethrough.target.tls.PinnedTls;
import io.ridethrough.target.way.Told;
import io.ridethrough.target.way.Way;
import io.ridethrough.target.way.WayTroubleException;
import io.ridethrough.traps.Trap;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Home Assistant by REST and WebSocket over TLS through the product's own route, and the traps of protocols 4 and 11. */
@Timeout(90)
class HomeAssistantOfTheLabTest {
    private static final AssetId ID = AssetId.parse("attic/web");
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final HomeAsk.ShutDownHost OFF = new HomeAsk.ShutDownHost(LIMIT);

    private final Contracts contracts = FakeContracts.atticWithHome();
    private final HomeAssistant declared =
            contracts.sites().values().iterator().next().homeAssistant().orElseThrow();
    private LabTargets targets;
    private LabHomeAssistant home;
    private RestWay rest;
    private SocketWay socket;
    private RoutedWays<HomeAssistant, HomeAsk> both;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        targets = new LabTargets(contracts, folder);
        home = targets.world.home(ID);
        HomeLogins logins = new HomeLogins(targets.secrets());
        rest = new RestWay(targets.https, logins);
        socket = new SocketWay(targets.wiring, targets.pins, logins, targets.callers, LabTargets.SPEED);
        both = Targets.homes(targets.context, contracts, rest, socket);
        targets.start("routes/targets/home-assistant.yaml");
        both.follow(contracts);
    }

    @AfterEach
    void stop() throws Exception {
        targets.close();
    }

    @Test
    void eachWayAloneTellsWhetherItRuns() throws Exception {
        HomeTold.Running running = new HomeTold.Running(State.RUNNING, "RUNNING", "2026.11.2");

        assertThat(by(rest::ask, new HomeAsk.State())).isEqualTo(running);
        assertThat(by(socket::ask, new HomeAsk.State())).isEqualTo(running);
        assertThat(told(new HomeAsk.State())).isEqualTo(running);
    }

    @Test
    void eachWayAloneTellsTheStatesThatAreAskedForAndLeavesOutThoseThatAreNotThere() throws Exception {
        HomeAsk.States ask = new HomeAsk.States(List.of("light.kitchen", "sensor.of_nobody"));

        HomeTold.Entities byRest = (HomeTold.Entities) by(rest::ask, ask);
        assertThat(byRest.entities()).singleElement().satisfies(one -> assertThat(one.id() + " " + one.state())
                .isEqualTo("light.kitchen on"));
        assertThat(by(socket::ask, ask)).isEqualTo(byRest);
    }

    @Test
    void anEntryThatItDoesNotKnowNeverOpensTheBreaker() throws Exception {
        for (int i = 0; i < 10; i++) {
            assertThat(told(new HomeAsk.ReloadEntry("99", LIMIT)))
                    .isInstanceOfSatisfying(Told.Undelivered.class, none -> assertThat(none.evidence())
                            .contains("404 "));
        }
        assertThat(targets.breakers.ways())
                .extracting(TargetReport.WayState::state)
                .containsOnly(TargetReport.State.CLOSED);
    }

    /** Protocols 4: ready is RUNNING, not 200. */
    @ParameterizedTest
    @ValueSource(strings = {"STARTING", "NOT_RUNNING"})
    void anApiThatAnswers200IsNotARunningHomeAssistant(String word) throws Exception {
        home.says(word);

        assertThat(by(rest::ask, new HomeAsk.State()))
                .isEqualTo(new HomeTold.Running(State.STARTING, word, "2026.11.2"));
        assertThat(by(socket::ask, new HomeAsk.State()))
                .isEqualTo(new HomeTold.Running(State.STARTING, word, "2026.11.2"));
    }

    @Test
    void oneThatGoesDownIsNotTakenForOneThatComesUp() throws Exception {
        home.says("FINAL_WRITE");

        assertThat(told(new HomeAsk.State())).isEqualTo(new HomeTold.Running(State.OTHER, "FINAL_WRITE", "2026.11.2"));
    }

    /** Trap 17's like: it bans the address of who tries in vain, whichever way. */
    @Test
    void aRefusedTokenIsShownOnceByBothWaysTogetherUntilItIsReplaced() throws Exception {
        String good = String.valueOf(targets.logins.put("home-assistant/attic", "wrong"));
        for (int i = 0; i < 10; i++) {
            assertThat(told(new HomeAsk.State())).isInstanceOf(Told.Barred.class);
            assertThat(by(socket::ask, new HomeAsk.State())).isInstanceOf(Told.Barred.class);
        }
        assertThat(home.refused()).isEqualTo(1);

        targets.logins.put("home-assistant/attic", good);
        assertThat(told(new HomeAsk.State())).isInstanceOf(HomeTold.Running.class);
    }

    @Test
    void aTokenThatTheSocketDoesNotAcceptIsAnAnswerAndNotTriedAgain() throws Exception {
        targets.logins.put("home-assistant/attic", "wrong");

        assertThat(by(socket::ask, new HomeAsk.State()).words()).contains("refused", "Invalid access token");
        assertThat(told(new HomeAsk.State())).isInstanceOf(Told.Barred.class);
        assertThat(home.refused()).isEqualTo(1);
    }

    @Test
    void aBannedAddressIsToldAsWhatItIs() throws Exception {
        String good = String.valueOf(targets.logins.get("home-assistant/attic"));
        for (int i = 0; i < 5; i++) {
            targets.logins.put("home-assistant/attic", "wrong" + i);
            told(new HomeAsk.State());
        }
        targets.logins.put("home-assistant/attic", good);

        assertThat(told(new HomeAsk.State()).words()).contains("403", "banned");
        assertThat(home.refused()).isEqualTo(5);
    }

    @Test
    void neitherTheTokenNorItsHeaderIsEverInEvidence() throws Exception {
        String token = String.valueOf(targets.logins.get("home-assistant/attic"));
        for (How how : EnumSet.complementOf(EnumSet.of(How.FEWER_RIGHTS))) {
            targets.world.fault(ID, new Fault.Interface(how));
            assertThat(told(new HomeAsk.State()).toString())
                    .as(how.toString())
                    .doesNotContain(token)
                    .doesNotContain("Bearer");
        }
    }

    @Test
    void aWrongCertificateIsNoWayInForEitherWay() throws Exception {
        Optional<Pin> other = Optional.of(new Pin.Fingerprint("00".repeat(32)));
        SocketWay wary = new SocketWay(
                targets.wiring, target -> other, new HomeLogins(targets.secrets()), targets.callers, LabTargets.SPEED);

        assertThat(by(wary::ask, new HomeAsk.State()).words()).contains("IDENTITY", "fingerprint");
        assertThat(home.shown()).isZero();
    }

    /** The whole of {@link How}, each way on its own: what is no answer is trouble of the way, and never a state. */
    @ParameterizedTest
    @ValueSource(strings = {"GONE", "BROKEN", "SILENT"})
    void troubleOfEitherWayIsNoAnswer(String how) {
        targets.world.fault(ID, new Fault.Interface(How.valueOf(how)));

        for (Way.Road<HomeAssistant, HomeAsk> way : Stream.<Way.Road<HomeAssistant, HomeAsk>>of(rest::ask, socket::ask)
                .toList()) {
            assertThatThrownBy(() -> by(way, new HomeAsk.State()))
                    .rootCause()
                    .isInstanceOfSatisfying(WayTroubleException.class, trouble -> assertThat(trouble.told())
                            .isInstanceOf(Told.Undelivered.class));
        }
    }

    /** Its surfaces fail apart. */
    @ParameterizedTest
    @EnumSource(
            value = How.class,
            names = {"SILENT", "BROKEN", "WRONG_ONCE"})
    void aLookGoesByTheSocketWhateverIsTheMatterWithRestAndByRestWhateverIsWithTheSocket(How how) throws Exception {
        targets.world.fault(ID, new Fault.Interface(how, Surface.REST));
        assertThat(told(new HomeAsk.State())).isInstanceOf(HomeTold.Running.class);

        targets.world.fault(ID, new Fault.Interface(how, Surface.SOCKET));
        assertThat(told(new HomeAsk.State())).isInstanceOf(HomeTold.Running.class);
        assertThat(trouble(socket::ask, new HomeAsk.State())).isInstanceOf(Told.Undelivered.class);
    }

    @Test
    void whatHoldsTheHouseIsToldByTheSocketAloneAndRestSaysThatItHasItNot() throws Exception {
        home.device("hue", "bridge", "192.0.2.77");

        assertThat(told(new HomeAsk.Entities()))
                .isInstanceOfSatisfying(HomeTold.Entities.class, all -> assertThat(all.entities())
                        .anySatisfy(one -> {
                            assertThat(one.id()).isEqualTo("automation.kitchen_by_night");
                            assertThat(one.triggered()).isPresent();
                        }));
        assertThat(told(new HomeAsk.Endpoints()))
                .isInstanceOfSatisfying(HomeTold.Endpoints.class, all -> assertThat(all.endpoints())
                        .contains(new HomeTold.Endpoint("hue", "hue bridge", "192.0.2.77")));
        for (HomeAsk ask : List.of(new HomeAsk.Entities(), new HomeAsk.Endpoints())) {
            assertThat(trouble(rest::ask, ask)).isEqualTo(new Told.Undelivered("its REST API does not have it"));
        }
    }

    @Test
    void whatRetriesItsSetupIsToldByEitherWayAloneAndReloadedByRest() throws Exception {
        home.integration("zha", "setup_retry", false);
        HomeTold.Retrying zha = new HomeTold.Retrying(Map.of("3", "zha"));
        HomeAsk.ReloadEntry reload = new HomeAsk.ReloadEntry("3", LIMIT);
        assertThat(by(rest::ask, new HomeAsk.Retrying())).isEqualTo(zha);
        assertThat(by(socket::ask, new HomeAsk.Retrying())).isEqualTo(zha);
        assertThat(trouble(socket::ask, reload)).isEqualTo(new Told.Undelivered("its WebSocket does not have it"));

        assertThat(told(reload)).isInstanceOf(Told.Done.class);

        assertThat(told(new HomeAsk.Retrying())).isEqualTo(new HomeTold.Retrying(Map.of()));
        assertThat(acts()).containsExactly("reload 3");
    }

    @Test
    void aReloadThatRestTookBeforeItWasKilledIsLostAndSeenByTheSocket() throws Exception {
        home.integration("zha", "setup_retry", false);
        targets.world.fault(ID, new Fault.Interface(How.DROPS, Surface.REST));
        assertThat(told(new HomeAsk.ReloadEntry("3", LIMIT))).isInstanceOf(Told.Lost.class);

        targets.world.fault(ID, new Fault.Interface(How.BROKEN, Surface.REST));
        assertThat(told(new HomeAsk.Retrying())).isEqualTo(new HomeTold.Retrying(Map.of()));
        assertThat(acts()).containsExactly("reload 3");
    }

    /** It hangs up: nobody waits for the end of the limit to know that the answer will not come. */
    @Test
    void anAddOnsRestartThatTheSocketTookBeforeItHungUpIsLostAndNotSentAgain() throws Exception {
        home.addOn("core_zwave_js", "error");
        targets.world.fault(ID, new Fault.Interface(How.DROPS, Surface.SOCKET));

        assertThat(told(new HomeAsk.RestartAddOn("core_zwave_js", LIMIT)))
                .isInstanceOfSatisfying(
                        Told.Lost.class, lost -> assertThat(lost.evidence()).contains("it hung up"));

        targets.world.heal(ID);
        assertThat(told(new HomeAsk.AddOns()))
                .isInstanceOfSatisfying(HomeTold.AddOns.class, all -> assertThat(all.runs("core_zwave_js"))
                        .isTrue());
        assertThat(acts()).containsExactly("restart core_zwave_js");
    }

    @Test
    void theSocketTellsWhatRestGotWrongOnce() throws Exception {
        targets.world.fault(ID, new Fault.Interface(How.WRONG_ONCE));

        assertThat(told(new HomeAsk.State())).isInstanceOf(HomeTold.Running.class);
    }

    @Test
    void aLateAnswerIsWaitedFor() throws Exception {
        targets.world.fault(ID, new Fault.Interface(How.LATE));

        assertThat(by(rest::ask, new HomeAsk.State())).isInstanceOf(HomeTold.Running.class);
        assertThat(by(socket::ask, new HomeAsk.State())).isInstanceOf(HomeTold.Running.class);
    }

    /** Trap 4: what REST answers with 401 is no refused token; it is not asked there, and the token stays good. */
    @Test
    @Trap(4)
    void addOnsAreAskedBySocketOnlySinceRestAnswers401ToAGoodToken() throws Exception {
        home.addOn("core_zwave_js", "stopped");
        assertThat(answered("/api/")).as("the token is good").startsWith("HTTP/1.1 200 ");
        assertThat(answered("/api/hassio/addons/core_zwave_js/info")).startsWith("HTTP/1.1 401 ");

        assertThat(told(new HomeAsk.AddOns())).isInstanceOfSatisfying(HomeTold.AddOns.class, all -> {
            assertThat(all.runs("core_mosquitto")).isTrue();
            assertThat(all.runs("core_zwave_js")).isFalse();
            assertThat(all.runs("not_installed")).isFalse();
        });
        assertThat(home.refused()).isZero();
        assertThat(told(new HomeAsk.State())).isInstanceOf(HomeTold.Running.class);
    }

    /** What the lab itself says first, over its own TLS, to a GET with the token that it takes. */
    private String answered(String path) throws Exception {
        URI url = URI.create(declared.api().url());
        InetSocketAddress at = targets.wiring.tcp(url.getHost(), url.getPort());
        Pin pin = targets.pins.pin(ID).orElseThrow();
        String asked = "GET " + path + " HTTP/1.1\r\nHost: " + url.getAuthority() + "\r\nAuthorization: Bearer "
                + targets.logins.get(declared.api().secret()) + "\r\n\r\n";
        try (Socket plain = new Socket(at.getAddress(), at.getPort());
                Socket tls = PinnedTls.over(plain, url.getHost(), pin)) {
            tls.getOutputStream().write(asked.getBytes(StandardCharsets.UTF_8));
            return new BufferedReader(new InputStreamReader(tls.getInputStream(), StandardCharsets.UTF_8)).readLine();
        }
    }

    @Test
    void integrationsThatRetryAndThoseThatWaitForAPersonAreTold() throws Exception {
        home.integration("zha", "setup_retry", true);

        assertThat(told(new HomeAsk.Integrations()))
                .isEqualTo(new HomeTold.Integrations(List.of("zha (setup_retry)"), List.of("zha")));

        home.integration("zha", "loaded", false);
        assertThat(told(new HomeAsk.Integrations())).isEqualTo(new HomeTold.Integrations(List.of(), List.of()));
    }

    @Test
    void anAddOnIsStartedAndOneThatIsNotThereIsDeclined() throws Exception {
        home.addOn("core_zwave_js", "stopped");

        assertThat(told(new HomeAsk.StartAddOn("core_zwave_js", LIMIT))).isInstanceOf(Told.Done.class);
        assertThat(home.addOn("core_zwave_js")).isEqualTo("started");
        assertThat(told(new HomeAsk.StartAddOn("nobody", LIMIT)).words()).contains("Addon does not exist");
    }

    @Test
    void anAddOnThatFailedIsRestarted() throws Exception {
        home.addOn("core_zwave_js", "error");

        assertThat(told(new HomeAsk.RestartAddOn("core_zwave_js", LIMIT))).isInstanceOf(Told.Done.class);
        assertThat(home.addOn("core_zwave_js")).isEqualTo("started");
        assertThat(acts()).containsExactly("restart core_zwave_js");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aBackupIsMadeByEitherWayAlone(boolean bySocket) throws Exception {
        Way.Road<HomeAssistant, HomeAsk> way = bySocket ? socket::ask : rest::ask;
        HomeTold.Backups before = backups();

        assertThat(by(way, new HomeAsk.BackUp(LIMIT.multipliedBy(10)))).isInstanceOf(Told.Done.class);

        Until.holds(() -> backups().isIdle());
        HomeTold.Backups after = backups();
        assertThat(after.backups()).hasSize(before.backups().size() + 1);
        assertThat(after.backups().get(0).made())
                .isAfter(before.backups().get(0).made());
        assertThat(after.attempted()).isPresent();
    }

    @Test
    void oneThatMakesABackupSaysSoAndRefusesAnother() throws Exception {
        home.backUp();

        assertThat(backups().state()).isEqualTo("create_backup");
        assertThat(by(socket::ask, new HomeAsk.BackUp(LIMIT)))
                .isInstanceOfSatisfying(
                        Told.Declined.class, no -> assertThat(no.evidence()).contains("Backup manager busy"));
    }

    @Test
    void whereABackupDoesNotLieIsTold() throws Exception {
        home.backupsFailAt("hassio.nas");
        home.backUp();

        Until.holds(() -> backups().isIdle());
        assertThat(backups().backups().get(0).failed()).containsExactly("hassio.nas");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aBackupThatWasTakenBeforeTheConnectionWasGoneIsLostAndNotAskedForAgain(boolean gone) throws Exception {
        targets.world.fault(ID, new Fault.Interface(gone ? How.DROPS : How.PRETENDS));
        int before = home.backups();

        Told told = told(new HomeAsk.BackUp(LIMIT.multipliedBy(10)));

        assertThat(told).isInstanceOf(gone ? Told.Lost.class : Told.Done.class);
        assertThat(home.backups()).isEqualTo(gone ? before + 1 : before);
        assertThat(acts()).containsExactly("rest /api/services/backup/create_automatic");
    }

    @Test
    void aTokenOfNoAdministratorIsToldAsWhatItIs() throws Exception {
        targets.world.fault(ID, new Fault.Interface(How.NO_RIGHTS));

        assertThat(told(new HomeAsk.AddOns()).words()).contains("RIGHT", "administrator");
    }

    /** A 401 counts towards the ban, whatever it is for. */
    @Test
    void aTokenThatMayNotShutDownIsNotShownAgain() throws Exception {
        targets.world.fault(ID, new Fault.Interface(How.NO_RIGHTS));

        assertThat(told(OFF)).isInstanceOf(Told.Barred.class);
        assertThat(told(OFF)).isInstanceOf(Told.Barred.class);
        assertThat(home.refused()).isEqualTo(1);
        assertThat(targets.world.isRunning(ID)).isTrue();
    }

    @Test
    void aShutdownByTheSocketIsEnough() throws Exception {
        assertThat(by(socket::ask, OFF)).isInstanceOf(Told.Done.class);
        Until.holds(() -> !targets.world.isRunning(ID));
    }

    @Test
    void aShutdownByRestIsEnough() throws Exception {
        assertThat(by(rest::ask, OFF)).isInstanceOf(Told.Done.class);
        Until.holds(() -> !targets.world.isRunning(ID));
    }

    @Test
    void aShutdownThatWasTakenBeforeTheConnectionWasGoneIsNotSentAgain() throws Exception {
        targets.world.fault(ID, new Fault.Interface(How.DROPS));

        assertThat(told(OFF)).isInstanceOf(Told.Lost.class);
        assertThat(acts()).containsExactly("rest /api/services/hassio/host_shutdown");
    }

    @Test
    void aShutdownThatTheSocketTookBeforeItWasGoneIsLostAndNotUndelivered() {
        targets.world.fault(ID, new Fault.Interface(How.DROPS));

        assertThatThrownBy(() -> by(socket::ask, OFF))
                .rootCause()
                .isInstanceOfSatisfying(WayTroubleException.class, trouble -> assertThat(trouble.told())
                        .isInstanceOf(Told.Lost.class));
        assertThat(acts()).containsExactly("shutdown");
    }

    @Test
    void oneThatOnlyPretendsIsToldAsAcceptedAndStaysUp() throws Exception {
        targets.world.fault(ID, new Fault.Interface(How.PRETENDS));

        assertThat(told(OFF)).isInstanceOf(Told.Done.class);
        assertThat(targets.world.isRunning(ID)).isTrue();
    }

    private Told trouble(Way.Road<HomeAssistant, HomeAsk> way, HomeAsk ask) {
        Told[] told = new Told[1];
        assertThatThrownBy(() -> by(way, ask))
                .rootCause()
                .isInstanceOfSatisfying(WayTroubleException.class, trouble -> told[0] = trouble.told());
        return told[0];
    }

    private HomeTold.Backups backups() {
        try {
            return (HomeTold.Backups) told(new HomeAsk.Backups());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private List<String> acts() {
        return targets.world.events().stream()
                .filter(event -> event.command().equals("ha"))
                .map(event -> event.id())
                .toList();
    }

    private Told told(HomeAsk ask) throws Exception {
        return LabTargets.of(both.ask(ID, ask));
    }

    private Told by(Way.Road<HomeAssistant, HomeAsk> way, HomeAsk ask) throws Exception {
        return LabTargets.of(way.ask(declared, ask));
    }
}
