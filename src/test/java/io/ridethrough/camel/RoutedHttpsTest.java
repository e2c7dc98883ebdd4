package io.ridethrough.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.AssetId;
import io.ridethrough.lab.net.LabAuthority;
import io.ridethrough.realparts.Until;
import io.ridethrough.target.Pace;
import io.ridethrough.target.Secret;
import io.ridethrough.target.Wiring;
import io.ridethrough.target.https.HttpCall;
import io.ridethrough.target.https.HttpReply;
import io.ridethrough.target.https.HttpReply.Cause;
import io.ridethrough.target.tls.Pin;
import io.ridethrough.traps.Trap;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls a declared interface through the product's own route; a raw TLS server answers word by word. */
@Timeout(60)
class RoutedHttpsTest {
    private static final AssetId TARGET = AssetId.parse("attic/pve");
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final DefaultCamelContext context = new DefaultCamelContext();
    private final LabAuthority authority = new LabAuthority();
    private RawTlsServer server;

    @BeforeEach
    void start() throws Exception {
        server = new RawTlsServer(authority.issue(List.of("192.0.2.10", "node.example")));
        context.getRegistry().bind("faults", new Faults());
        context.getCamelContextExtension().addInterceptStrategy(new HeaderFence());
    }

    @AfterEach
    void stop() throws Exception {
        context.getShutdownStrategy().setTimeout(1);
        context.close();
        server.close();
        callers.shutdownNow();
    }

    @Test
    @Trap(6)
    void anAnswerComesWholeWithItsReasonPhraseWhateverItsStatus() throws Exception {
        server.answers("596 Broken pipe between proxies", "{\"data\":null}");

        HttpReply reply = https("https://192.0.2.10:8006", pinned())
                .send(TARGET, HttpCall.get("/api2/json/version", Map.of("b", "2 3", "a", "ä"), LIMIT))
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);

        assertThat(reply).isInstanceOfSatisfying(HttpReply.Answered.class, answered -> {
            assertThat(answered.status()).isEqualTo(596);
            assertThat(answered.reason()).isEqualTo("Broken pipe between proxies");
            assertThat(answered.body()).isEqualTo("{\"data\":null}");
            assertThat(answered.header("X-Said")).contains("word");
        });
        assertThat(server.heard()).singleElement().satisfies(heard -> assertThat(heard)
                .startsWith("GET /api2/json/version?a=%C3%A4&b=2+3 HTTP/1.1")
                .contains("Host: 192.0.2.10:8006")
                .doesNotContain("breadcrumb")
                .doesNotContain("Camel"));
    }

    @Test
    void aFormIsPostedWithItsLoginAndAPathKeepsWhatIsEncodedInIt() throws Exception {
        server.answers("200 OK", "{}");
        String path = "/nodes/pve/tasks/" + HttpCall.segment("UPID:pve:0001:root@pam!rt:") + "/status";
        HttpCall call = HttpCall.post(path, Map.of("timeout", "60"), LIMIT)
                .with("Authorization", Secret.of("PVEAPIToken=root@pam!rt=abc"));

        send(https("https://192.0.2.10:8006", pinned()), call);

        assertThat(server.heard()).singleElement().satisfies(heard -> assertThat(heard)
                .startsWith("POST /nodes/pve/tasks/UPID%3Apve%3A0001%3Aroot%40pam%21rt%3A/status HTTP/1.1")
                .contains("Authorization: PVEAPIToken=root@pam!rt=abc")
                .contains("Content-Type: application/x-www-form-urlencoded")
                .endsWith("\r\n\r\ntimeout=60"));
        assertThat(call.toString()).doesNotContain("abc").doesNotContain("timeout=60");
    }

    @Test
    void connectionsAreKeptBetweenCalls() throws Exception {
        server.answers("200 OK", "{}");
        RoutedHttps https = https("https://192.0.2.10:8006", pinned());

        for (int i = 0; i < 5; i++) {
            send(https, HttpCall.get("/version", Map.of(), LIMIT));
        }

        assertThat(server.heard()).hasSize(5);
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void onlyThePinnedAuthorityCountsAndOnlyForTheNameThatIsCalled() throws Exception {
        server.answers("200 OK", "{}");
        Pin other = Pin.authority(new LabAuthority().pem());

        assertThat(version("https://192.0.2.10:8006", Optional.of(other))).isEqualTo(Cause.IDENTITY);
        assertThat(server.heard()).isEmpty();
    }

    @Test
    void aCertificateForAnotherNameIsRefused() throws Exception {
        server.answers("200 OK", "{}");

        assertThat(version("https://other.example:8006", pinned())).isEqualTo(Cause.IDENTITY);
        assertThat(server.heard()).isEmpty();
    }

    @Test
    void aFingerprintCountsWhateverTheCertificateSaysOfItself() throws Exception {
        server.answers("200 OK", "{}");
        Pin exactly = Pin.fingerprint(Pin.sha256(server.certificate()));

        HttpReply reply = send(
                https("https://other.example:8006", Optional.of(exactly)), HttpCall.get("/version", Map.of(), LIMIT));

        assertThat(reply).isInstanceOf(HttpReply.Answered.class);
    }

    @Test
    void anotherFingerprintIsRefusedAndBothAreNamed() throws Exception {
        server.answers("200 OK", "{}");

        HttpReply reply = send(
                https("https://192.0.2.10:8006", Optional.of(Pin.fingerprint("AB".repeat(32)))),
                HttpCall.get("/version", Map.of(), LIMIT));

        assertThat(reply).isInstanceOfSatisfying(HttpReply.Undelivered.class, refused -> {
            assertThat(refused.cause()).isEqualTo(Cause.IDENTITY);
            assertThat(refused.why()).contains("ab".repeat(32)).contains(Pin.sha256(server.certificate()));
        });
        assertThat(server.heard()).isEmpty();
    }

    @Test
    void nothingIsCalledBeforeItsCertificateIsPinned() throws Exception {
        server.answers("200 OK", "{}");

        assertThat(version("https://192.0.2.10:8006", Optional.empty())).isEqualTo(Cause.UNDECLARED);
        assertThat(server.connections()).isZero();
    }

    @Test
    void aConnectionThatEndsAfterTheRequestIsLostAndNothingIsSentTwice() throws Exception {
        server.hangsUp();

        HttpReply reply = send(https("https://192.0.2.10:8006", pinned()), HttpCall.post("/stop", Map.of(), LIMIT));

        assertThat(reply).isInstanceOf(HttpReply.Lost.class);
        assertThat(server.heard()).hasSize(1);
    }

    @Test
    void noAnswerWithinTheLimitIsNoFailure() throws Exception {
        server.answers("200 OK", "{}");
        RoutedHttps https = https("https://192.0.2.10:8006", pinned());
        send(https, HttpCall.get("/version", Map.of(), LIMIT));
        server.keepsSilent();

        HttpReply reply = send(https, HttpCall.post("/stop", Map.of(), Duration.ofSeconds(1)));

        assertThat(reply).isInstanceOf(HttpReply.TimedOut.class);
        Until.holds(() -> server.heard().size() > 1);
        assertThat(server.heard()).hasSize(2).last().asString().startsWith("POST /stop");
    }

    /** Our own machine needs its time for an answer: one that stalls for a moment is no target that keeps silent. */
    @Test
    void inAFasterLabAnAnswerIsWaitedForAsLongAsAMachineMayNeedForIt() throws Exception {
        server.answers("200 OK", "{}");
        List<Duration> waits = new CopyOnWriteArrayList<>();
        Optional<Pin> pin = pinned();
        RoutedHttps https = https("https://192.0.2.10:8006", () -> pin, 20, new Pace() {
            @Override
            public long nanos() {
                return 0;
            }

            @Override
            public CompletionStage<Void> after(Duration delay) {
                waits.add(delay);
                return new CompletableFuture<>();
            }
        });

        send(https, HttpCall.get("/version", Map.of(), Duration.ofSeconds(15)));
        send(https, HttpCall.get("/version", Map.of(), Duration.ofMinutes(10)));

        assertThat(waits).containsExactly(Duration.ofSeconds(40), Duration.ofMinutes(10));
    }

    @Test
    void aClosedPortIsToldAsUndelivered() throws Exception {
        server.close();

        assertThat(version("https://192.0.2.10:8006", pinned())).isEqualTo(Cause.UNREACHABLE);
    }

    private Optional<Pin> pinned() throws Exception {
        return Optional.of(Pin.authority(authority.pem()));
    }

    private Object version(String root, Optional<Pin> pin) throws Exception {
        HttpReply reply = send(https(root, pin), HttpCall.get("/version", Map.of(), LIMIT));
        return reply instanceof HttpReply.Undelivered undelivered ? undelivered.cause() : reply;
    }

    private static HttpReply send(RoutedHttps https, HttpCall call) throws Exception {
        return https.send(TARGET, call).toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    @Test
    void aPinThatChangesCountsFromTheReloadOnThoughTheAddressStays() throws Exception {
        server.answers("200 OK", "{}");
        String root = "https://192.0.2.10:8006";
        AtomicReference<Optional<Pin>> pin = new AtomicReference<>(pinned());
        RoutedHttps https = https(root, pin::get);
        HttpCall call = HttpCall.get("/version", Map.of(), LIMIT);
        assertThat(send(https, call)).isInstanceOf(HttpReply.Answered.class);
        assertThat(send(https, call)).isInstanceOf(HttpReply.Answered.class);
        assertThat(server.connections()).isEqualTo(1);
        https.follow(Map.of(TARGET, root));
        assertThat(send(https, call)).isInstanceOf(HttpReply.Answered.class);
        assertThat(server.connections()).as("nothing changed").isEqualTo(1);

        pin.set(Optional.of(Pin.fingerprint("AB".repeat(32))));
        https.follow(Map.of(TARGET, root));
        assertThat(send(https, call))
                .isInstanceOfSatisfying(HttpReply.Undelivered.class, refused -> assertThat(refused.cause())
                        .isEqualTo(Cause.IDENTITY));

        https.follow(Map.of());
        assertThat(send(https, call))
                .isInstanceOfSatisfying(HttpReply.Undelivered.class, refused -> assertThat(refused.cause())
                        .isEqualTo(Cause.UNDECLARED));
    }

    private RoutedHttps https(String root, Optional<Pin> pin) throws Exception {
        return https(root, () -> pin);
    }

    private RoutedHttps https(String root, Supplier<Optional<Pin>> pin) throws Exception {
        return https(root, pin, 1, new WallTime(1, callers));
    }

    private RoutedHttps https(String root, Supplier<Optional<Pin>> pin, double speed, Pace pace) throws Exception {
        Wiring wiring = new Wiring() {
            @Override
            public InetSocketAddress tcp(String host, int port) {
                return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
            }

            @Override
            public InetSocketAddress udp(String host, int port) {
                return new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);
            }
        };
        RoutedHttps https = new RoutedHttps(context, wiring, target -> pin.get(), pace, callers, speed);
        PluginHelper.getRoutesLoader(context)
                .loadRoutes(List.of(
                        PluginHelper.getResourceLoader(context).resolveResource("file:routes/errors.yaml"),
                        PluginHelper.getResourceLoader(context)
                                .resolveResource("file:routes/targets/https-target.yaml")));
        context.start();
        https.follow(Map.of(TARGET, root));
        return https;
    }
}
