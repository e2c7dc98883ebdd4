package io.ridethrough.target.nut;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.ApiAccess;
import io.ridethrough.contract.Ups;
import io.ridethrough.lab.host.Fault.Interface.How;
import io.ridethrough.lab.net.LabAuthority;
import io.ridethrough.lab.net.LabNut;
import io.ridethrough.target.LoginPauses;
import io.ridethrough.target.Secret;
import io.ridethrough.target.Wiring;
import io.ridethrough.target.tls.Pin;
import io.ridethrough.target.way.Told;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The lab's NUT server: its TLS, its faults, and how often it sees a login. */
@Timeout(60)
class NutServerOfTheLabTest {
    private static final String HOST = "ups.example";
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration SOON = Duration.ofMinutes(4);

    private final LabAuthority authority = new LabAuthority();
    private final AtomicLong later = new AtomicLong();
    private final AtomicReference<String> login = new AtomicReference<>("us:right");
    private final List<String> done = new CopyOnWriteArrayList<>();
    private final LoginPauses pauses = new LoginPauses(later::get, 1);
    private volatile @Nullable How fault;
    /** What it begins to suffer while it is told to cut its load. */
    private volatile @Nullable How faultOnceItCuts;
    /** What it begins to suffer once it has told its variables. */
    private volatile @Nullable How faultOnceSeen;
    /** Whether what is late comes within anybody's patience. */
    private volatile boolean comesAtLast;

    private volatile String status = "OB";
    private volatile String timer = "-1";
    private LabNut server = new LabNut();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void isAskedAndToldOverTheTlsOfItsAuthority() throws Exception {
        serve(authority.issue(List.of(HOST)));

        assertThat(client(authorityPin(authority)).variables(PATIENCE)).isInstanceOf(NutAnswer.Variables.class);
        assertThat(client(authorityPin(authority)).cutOff(SOON, PATIENCE)).isInstanceOf(Told.Done.class);
        assertThat(done).containsExactly("cuts in PT4M");
        assertThat(server.heard().get(0)).isEqualTo("STARTTLS");
    }

    @Test
    void tellsWhetherItCanBeToldToCutItsLoadAndThatTheRightIsNotKnownBefore() throws Exception {
        serve(authority.issue(List.of(HOST)));
        NutClient client = client(authorityPin(authority));

        assertThat(client.cutsOff(PATIENCE)).isInstanceOfSatisfying(Told.Done.class, told -> assertThat(told.evidence())
                .contains("shutdown.return and shutdown.stop", "not known until they are given"));
        fault = How.FEWER_RIGHTS;
        assertThat(client.cutsOff(PATIENCE))
                .isEqualTo(new Told.Declined("its driver does not know shutdown.return and shutdown.stop"));
        fault = How.NO_RIGHTS;
        assertThat(client.cutsOff(PATIENCE)).isInstanceOf(Told.Undelivered.class);
        assertThat(done).isEmpty();
    }

    @Test
    void isAskedOverTlsByItsOwnCertificateWhateverNameThatHas() {
        LabAuthority.Issued shown = authority.issue(List.of("elsewhere.example"));
        serve(shown);

        assertThat(client(Optional.of(Pin.fingerprint(Pin.sha256(shown.certificate()))))
                        .variables(PATIENCE))
                .isInstanceOf(NutAnswer.Variables.class);
    }

    @Test
    void isToldNothingWhereItsCertificateIsForAnotherName() throws Exception {
        serve(authority.issue(List.of("elsewhere.example")));

        isToldNothing(client(authorityPin(authority)), HOST);
    }

    @Test
    void isToldNothingWhereItsCertificateIsNotOfTheAuthority() throws Exception {
        serve(authority.issue(List.of(HOST)));

        isToldNothing(client(authorityPin(new LabAuthority())), "");
    }

    @Test
    void isToldNothingWhereItsCertificateIsAnother() {
        serve(authority.issue(List.of(HOST)));

        isToldNothing(client(Optional.of(Pin.fingerprint("00".repeat(32)))), "fingerprint");
    }

    @Test
    void isToldNothingWhereItDoesNotSpeakTls() throws Exception {
        serves();

        isToldNothing(client(authorityPin(authority)), "it does not speak TLS: ERR FEATURE-NOT-CONFIGURED");
    }

    @Test
    void isNotConnectedToWhereItsCertificateIsDeclaredAndNotKnown() {
        serve(authority.issue(List.of(HOST)));

        assertThat(client(new ApiAccess.Tls(Optional.empty(), Optional.of("00")), Optional.empty())
                        .variables(PATIENCE))
                .isEqualTo(new NutAnswer.Silent("no certificate is pinned for " + HOST));
        assertThat(server.heard()).isEmpty();
    }

    @Test
    void seesNoLoginForWhatItTellsEveryone() {
        serves();
        for (int i = 0; i < 10; i++) {
            assertThat(client().variables(PATIENCE)).isInstanceOf(NutAnswer.Variables.class);
        }

        assertThat(logins()).isZero();
    }

    /** R25: polls go on for ever, and another client of the same server is no other. */
    @Test
    void seesALoginThatItRefusedFourTimesInTenMinutesAtMost() {
        serves();
        fault = How.NO_RIGHTS;
        for (int second = 0; second < 600; second += 5) {
            assertThat(client().variables(PATIENCE))
                    .isInstanceOfSatisfying(NutAnswer.Refused.class, refused -> assertThat(refused.why())
                            .contains("ACCESS-DENIED", "not shown again"));
            later.addAndGet(Duration.ofSeconds(5).toNanos());
        }

        assertThat(logins()).isEqualTo(4);
    }

    @Test
    void seesAReplacedLoginAtOnceAndTheOldOneOnceItsPauseIsOver() {
        serves();
        fault = How.NO_RIGHTS;
        client().variables(PATIENCE);
        login.set("us:other");
        client().variables(PATIENCE);
        client().variables(PATIENCE);
        assertThat(logins()).isEqualTo(2);

        fault = null;
        assertThat(client().variables(PATIENCE)).isInstanceOf(NutAnswer.Variables.class);
        assertThat(client().keepOn(PATIENCE)).isInstanceOf(Told.Undelivered.class);
        later.addAndGet(Duration.ofMinutes(1).toNanos());
        assertThat(client().keepOn(PATIENCE)).isInstanceOf(Told.Done.class);
        assertThat(logins()).isEqualTo(3);
    }

    @Test
    void isSilentWhereItHangsAndNothingWasSent() {
        serves();
        fault = How.SILENT;

        assertThat(client().variables(Duration.ofMillis(300))).isInstanceOf(NutAnswer.Silent.class);
        assertThat(client().cutOff(SOON, Duration.ofMillis(300))).isInstanceOf(Told.Undelivered.class);
        assertThat(commands()).isEmpty();
    }

    @Test
    void isSilentWhereItsPortRefusesAndAnswersOnceItIsBack() {
        serves();
        fault = How.GONE;
        server.comply();

        assertThat(client().variables(PATIENCE))
                .isInstanceOfSatisfying(NutAnswer.Silent.class, silent -> assertThat(silent.why())
                        .contains("refused"));
        assertThat(client().cutOff(SOON, PATIENCE)).isInstanceOf(Told.Undelivered.class);
        assertThat(server.heard()).isEmpty();

        fault = null;
        server.comply();
        assertThat(client().variables(PATIENCE)).isInstanceOf(NutAnswer.Variables.class);
    }

    @Test
    void isWaitedForWhereItAnswersLateAndInTime() {
        serves();
        comesAtLast = true;
        fault = How.LATE;

        assertThat(client().variables(PATIENCE)).isInstanceOf(NutAnswer.Variables.class);
        assertThat(client().cutOff(SOON, PATIENCE)).isInstanceOf(Told.Done.class);
        assertThat(done).containsExactly("cuts in PT4M");
    }

    @Test
    void isSilentWhereItAnswersTooLateAndNothingWasSent() {
        serves();
        fault = How.LATE;

        assertThat(client().variables(Duration.ofMillis(300))).isInstanceOf(NutAnswer.Silent.class);
        assertThat(client().cutOff(SOON, Duration.ofMillis(300))).isInstanceOf(Told.Undelivered.class);
        assertThat(commands()).isEmpty();
    }

    @Test
    void isLostAndNotUndeliveredWhereItSaysTooLateThatItTookTheCommand() {
        serves();
        faultOnceItCuts = How.LATE;

        assertThat(client().cutOff(SOON, Duration.ofSeconds(2))).isInstanceOf(Told.Lost.class);
        assertThat(done).containsExactly("cuts in PT4M");
    }

    @Test
    void isSilentWhereItSaysOnceWhatIsNoAnswerAndWellAgain() {
        serves();
        fault = How.WRONG_ONCE;

        assertThat(client().variables(PATIENCE))
                .isEqualTo(new NutAnswer.Silent(
                        "it says what no NUT server says: Please wait while the system is starting."));
        assertThat(client().variables(PATIENCE)).isInstanceOf(NutAnswer.Variables.class);

        fault = How.WRONG_ONCE;
        assertThat(client().cutOff(SOON, PATIENCE)).isInstanceOf(Told.Undelivered.class);
        assertThat(commands()).isEmpty();
    }

    @Test
    void isLostWhereItSaysWhatIsNoAnswerToTheCommand() {
        serves();
        faultOnceSeen = How.WRONG_ONCE;

        assertThat(client().keepOn(PATIENCE)).isInstanceOf(Told.Lost.class);
        assertThat(client().keepOn(PATIENCE)).isInstanceOf(Told.Done.class);
        assertThat(done).containsExactly("keeps on");
    }

    @Test
    void isNotToldToCutTheLoadOfAUpsThatItHasLost() {
        serves();
        fault = How.BROKEN;

        assertThat(client().variables(PATIENCE)).isEqualTo(new NutAnswer.Stale("DATA-STALE"));
        assertThat(client().cutOff(SOON, PATIENCE)).isInstanceOf(Told.Undelivered.class);
        assertThat(commands()).isEmpty();
    }

    @Test
    void isLostAndNotUndeliveredWhereItHangsUpOnceItTookTheCommand() {
        serves();
        fault = How.DROPS;

        assertThat(client().cutOff(SOON, PATIENCE)).isInstanceOf(Told.Lost.class);
        assertThat(done).containsExactly("cuts in PT4M");
    }

    @Test
    void isFoundOnBatteryWhereItOnlySaysThatItTookTheCommand() {
        serves();
        fault = How.PRETENDS;

        assertThat(client().cutOff(SOON, PATIENCE)).isInstanceOf(Told.Done.class);
        assertThat(done).isEmpty();
        assertThat(client().outlet(SOON, PATIENCE)).isInstanceOf(Outlet.OnBattery.class);
    }

    /** -1 by NUT's documentation, -60 and 0 CyberPower, 0 Eaton and Belkin, 65535 Tripp Lite: read from such UPSes. */
    @ParameterizedTest
    @ValueSource(strings = {"-1", "-60", "0", "65535", "301", "", "unknown"})
    void isToldToCutItsLoadWhereItsTimerIsIdleWhateverThatTells(String idle) {
        serves();
        timer = idle;

        assertThat(client().outlet(SOON, PATIENCE)).isInstanceOf(Outlet.OnBattery.class);
        assertThat(client().cutOff(SOON, PATIENCE))
                .isEqualTo(new Told.Done("it takes the command to cut its load in 240 s"));
        assertThat(done).containsExactly("cuts in PT4M");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "240", "300"})
    void isNotToldTwiceWhereItsTimerRuns(String left) {
        serves();
        timer = left;

        assertThat(client().outlet(SOON, PATIENCE)).isInstanceOf(Outlet.CountingDown.class);
        assertThat(client().cutOff(SOON, PATIENCE))
                .isEqualTo(new Told.Done("it counts down already: " + left + " s left"));
        assertThat(done).isEmpty();
    }

    /** It may have been told a longer delay than the declared one, by a process that is gone. */
    @Test
    void countsDownForAsLongAsItsOwnDelay() {
        serves();
        client().cutOff(Duration.ofMinutes(20), PATIENCE);
        timer = "1190";

        assertThat(client().outlet(SOON, PATIENCE)).isInstanceOf(Outlet.CountingDown.class);
    }

    /** Its load goes off all the same: it must be seen, to be called back. */
    @Test
    void isSeenCountingDownOnceMainsAreBack() {
        serves();
        timer = "100";
        status = "OL";

        assertThat(client().outlet(SOON, PATIENCE)).isInstanceOf(Outlet.CountingDown.class);
    }

    private void isToldNothing(NutClient client, String why) {
        assertThat(client.variables(PATIENCE))
                .isInstanceOfSatisfying(NutAnswer.Silent.class, silent -> assertThat(silent.why())
                        .contains(why));
        assertThat(client.cutOff(SOON, PATIENCE)).isInstanceOf(Told.Undelivered.class);
        assertThat(server.heard()).containsOnly("STARTTLS");
        assertThat(done).isEmpty();
    }

    private long logins() {
        return server.heard().stream()
                .filter(line -> line.startsWith("PASSWORD "))
                .count();
    }

    private List<String> commands() {
        return server.heard().stream()
                .filter(line -> line.startsWith("INSTCMD ") || line.startsWith("SET "))
                .toList();
    }

    private void serve(LabAuthority.Issued shown) {
        server.close();
        server = new LabNut(Optional.of(shown.context()));
        serves();
    }

    private void serves() {
        server.serves("ups", new LabNut.Driver() {
            @Override
            public Map<String, String> variables() {
                fault = faultOnceSeen == null ? fault : faultOnceSeen;
                faultOnceSeen = null;
                return Map.of("ups.status", status, "battery.charge", "80", "ups.timer.shutdown", timer);
            }

            @Override
            public void cutsIn(Duration delay) {
                done.add("cuts in " + delay);
                fault = faultOnceItCuts == null ? fault : faultOnceItCuts;
            }

            @Override
            public void keepsOn() {
                done.add("keeps on");
            }

            @Override
            public boolean fails(How how) {
                return fault == how;
            }

            @Override
            public boolean isWrongOnce() {
                boolean is = fault == How.WRONG_ONCE;
                fault = is ? null : fault;
                return is;
            }

            @Override
            public void late(Runnable answer) {
                if (comesAtLast) {
                    answer.run();
                }
            }
        });
    }

    private static Optional<Pin> authorityPin(LabAuthority of) throws Exception {
        return Optional.of(Pin.authority(of.pem()));
    }

    private NutClient client() {
        return client(Optional.empty());
    }

    private NutClient client(Optional<Pin> pin) {
        ApiAccess.Tls tls = new ApiAccess.Tls(Optional.empty(), Optional.of("as pinned"));
        return client(pin.isPresent() ? tls : null, pin);
    }

    private NutClient client(ApiAccess.@Nullable Tls tls, Optional<Pin> pin) {
        Ups.NutSource source = new Ups.NutSource(
                HOST, 3493, "ups", Optional.of("nut/attic"), Duration.ofSeconds(5), Optional.ofNullable(tls));
        return new NutClient(
                new NutClient.Reach(wiring(), secret -> Secret.of(String.valueOf(login.get())), pauses), source, pin);
    }

    private Wiring wiring() {
        return new Wiring() {
            @Override
            public InetSocketAddress tcp(String host, int port) {
                return server.address();
            }

            @Override
            public InetSocketAddress udp(String host, int port) {
                return server.address();
            }
        };
    }
}
