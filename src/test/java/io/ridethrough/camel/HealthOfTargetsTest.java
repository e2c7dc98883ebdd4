package io.ridethrough.camel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.api.Call;
import io.ridethrough.api.Health;
import io.ridethrough.api.ReadyApi;
import io.ridethrough.api.Reply;
import io.ridethrough.api.StandardApi;
import io.ridethrough.api.StandardReceipts;
import io.ridethrough.api.Tokens;
import io.ridethrough.contract.ApiAccess;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.FakeContracts;
import io.ridethrough.contract.Guest.Form;
import io.ridethrough.contract.Node;
import io.ridethrough.ready.ReadyToAct;
import io.ridethrough.realparts.Until;
import io.ridethrough.run.MemoryJournal;
import io.ridethrough.run.VirtualTime;
import io.ridethrough.standard.Evaluation;
import io.ridethrough.standard.Looks.Look;
import io.ridethrough.target.https.HttpReply;
import io.ridethrough.target.proxmox.NodeAsk;
import io.ridethrough.target.proxmox.SshWay;
import io.ridethrough.target.proxmox.api.ApiWay;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A node of the lab that never answers, as monitors see it. */
@Timeout(90)
class HealthOfTargetsTest {
    private static final AssetId NODE = AssetId.parse("attic/pve1");
    private static final String TOKEN = "secret";
    private static final Pattern SAMPLE =
            Pattern.compile("([a-z_]+)\\{((?:[a-z_]+=\"[^\"\\\\]*\",?)+)} (-?[0-9.]+(?:E[0-9]+)?)");

    @TempDir
    Path folder;

    private LabTargets targets;
    private RoutedWays<Node, NodeAsk> nodes;
    private Health health;
    /** The answer to every call of the node's API; empty where the lab answers. */
    private Optional<CompletableFuture<HttpReply>> held = Optional.empty();

    @BeforeEach
    void start() throws Exception {
        Contracts contracts = FakeContracts.atticWithApi();
        targets = new LabTargets(contracts, folder);
        nodes = Targets.nodes(
                targets.context,
                contracts,
                new ApiWay(
                        (target, call) -> held.isPresent() ? held.get() : targets.https.send(target, call),
                        targets.secrets(),
                        new WallTime(LabTargets.SPEED, targets.callers)),
                new SshWay(targets.shell));
        targets.start("routes/targets/proxmox-node.yaml");
        nodes.follow(contracts);
        nodes.bound(targets.breakers, RoutedHttps.sideBySide());
        health = new Health(
                new Tokens(Tokens.digestOf(TOKEN)), targets.breakers, notTried(), notEvaluated(contracts), "test");
    }

    private static StandardApi notEvaluated(Contracts contracts) {
        return new StandardApi(
                new Tokens(Tokens.digestOf(TOKEN)),
                new Evaluation(
                        () -> contracts,
                        (probe, subject) -> CompletableFuture.completedFuture(new Look.Unseen("nothing is asked here")),
                        InstantSource.system()),
                new StandardReceipts(new MemoryJournal(new VirtualTime()), "LAB"));
    }

    private static ReadyApi notTried() {
        return new ReadyApi(
                new Tokens(Tokens.digestOf(TOKEN)),
                Set::of,
                new ReadyToAct(
                        site -> List.of(),
                        site -> CompletableFuture.completedFuture(List.of()),
                        target -> {},
                        InstantSource.system()));
    }

    @AfterEach
    void stop() throws Exception {
        targets.close();
    }

    @Test
    void showsByNameHowTheBreakerOfABlackHoledNodeOpensHalfOpensAndCloses() throws Exception {
        targets.shell.prints("qm list", "");
        ApiAccess api =
                Objects.requireNonNull(FakeContracts.atticWithApi().interfaces().get(NODE));
        String host = URI.create(api.url()).getHost();
        assertThat(seen()).isEqualTo("closed");
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            targets.blackHoles.put(host, (InetSocketAddress) silent.getLocalSocketAddress());
            for (int i = 0; i < 3; i++) {
                ask().get(30, TimeUnit.SECONDS);
            }
            assertThat(seen()).isEqualTo("open");
            assertThat(json("Bearer " + TOKEN).path("trouble").toString()).contains("\"attic/pve1\"");
            assertThat(way().path("last-error").path("words").asText()).isNotBlank();
            assertThat(way().has("last-answer")).isFalse();
        }
        targets.blackHoles.clear();

        Until.holds(() -> {
            ask().join();
            return seen().equals("half-open");
        });
        Until.holds(() -> {
            ask().join();
            return seen().equals("closed");
        });

        assertThat(way().has("last-answer")).isTrue();
        assertThat(json("Bearer " + TOKEN).path("trouble")).isEmpty();
    }

    @Test
    void countsCallsThatHaveNotComeBackAgainstTheirLimit() throws Exception {
        CompletableFuture<HttpReply> answer = new CompletableFuture<>();
        held = Optional.of(answer);
        CompletableFuture<?> first = ask();
        CompletableFuture<?> second = ask();

        Until.holds(() -> way().path("in-flight").asInt() == 2);
        assertThat(way().path("limit").asInt()).isEqualTo(RoutedHttps.sideBySide());
        assertThat(samples())
                .containsEntry(
                        "ridethrough_target_calls_in_flight{site=\"attic\",target=\"attic/pve1\",way=\"proxmox\"}",
                        2.0);

        answer.complete(new HttpReply.Undelivered(HttpReply.Cause.UNREACHABLE, "gone"));
        first.get(30, TimeUnit.SECONDS);
        second.get(30, TimeUnit.SECONDS);
        assertThat(way().path("in-flight").asInt()).isZero();
    }

    @Test
    void tellsAnybodyThatItLivesAndNothingElse() {
        assertThat(health.health(new Call(null, "", "")).text()).isEqualTo("{\"status\":\"up\"}\n");
        assertThat(health.health(new Call("Bearer wrong", "", "")).status()).isEqualTo(401);
        assertThat(health.metrics(new Call(null, "", "")).status()).isEqualTo(401);
    }

    private CompletableFuture<?> ask() {
        return nodes.ask(NODE, new NodeAsk.State(Form.VM, 102)).toCompletableFuture();
    }

    /** The word of health, which the metrics must confirm. */
    private String seen() {
        String word = way().path("breaker").asText();
        Map<String, Double> samples = samples();
        for (String state : new String[] {"closed", "open", "half-open"}) {
            assertThat(samples)
                    .containsEntry(
                            "ridethrough_target_breaker_state{site=\"attic\",state=\"" + state
                                    + "\",target=\"attic/pve1\",way=\"proxmox\"}",
                            state.equals(word) ? 1.0 : 0.0);
        }
        return word;
    }

    private JsonNode way() {
        for (JsonNode way : json("Bearer " + TOKEN).path("ways")) {
            if (way.path("target").asText().equals(NODE.toString())) {
                return way;
            }
        }
        throw new AssertionError("no way to " + NODE);
    }

    private JsonNode json(String authorization) {
        Reply reply = health.health(new Call(authorization, "", ""));
        assertThat(reply.status()).isEqualTo(200);
        return reply.json();
    }

    /** Every line is a comment of the format or one sample of a described gauge. */
    private Map<String, Double> samples() {
        Map<String, Double> samples = new HashMap<>();
        String text = health.metrics(new Call("Bearer " + TOKEN, "", "")).text();
        assertThat(text).endsWith("\n");
        text.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            Matcher sample = SAMPLE.matcher(line);
            assertThat(sample.matches()).as(line).isTrue();
            assertThat(text).contains("# HELP " + sample.group(1) + " ", "# TYPE " + sample.group(1) + " gauge");
            assertThat(samples.put(sample.group(1) + "{" + sample.group(2) + "}", Double.parseDouble(sample.group(3))))
                    .as("only once: " + line)
                    .isNull();
        });
        return samples;
    }
}
