package io.ridethrough.camel.hands;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.FakeContracts;
import io.ridethrough.contract.load.ContractLoader;
import io.ridethrough.contract.load.Loaded;
import io.ridethrough.contract.load.SourceFile;
import io.ridethrough.plan.Phase;
import io.ridethrough.plan.Step;
import io.ridethrough.plan.StepId;
import io.ridethrough.plan.Verb;
import io.ridethrough.run.Sight;
import io.ridethrough.target.FakeKnock;
import io.ridethrough.target.FakeShell;
import io.ridethrough.target.VirtualTime;
import io.ridethrough.target.tcp.Knock.Sign;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The way in while the site is down: another subnet router for its LAN, and devices that answer (protocols 8). */
class OutOfBandLookTest {
    private static final String ROUTED = """
            {"BackendState":"Running","Self":{"DNSName":"pve1.net.example.","Online":true,"PrimaryRoutes":[]},
             "Peer":{"k1":{"DNSName":"%s.","Online":%s,"PrimaryRoutes":["192.0.2.0/24"]}}}
            """;

    private final VirtualTime time = new VirtualTime();
    private final FakeShell shell = new FakeShell();
    private final FakeKnock knock = new FakeKnock();
    private final TargetHands hands =
            new TargetHands(NoInterfaces.tools(guarded(), shell, knock, NoInterfaces.HOMES, time));

    @Test
    void isOpenWhenAnAllowedRouterCarriesTheLanAndTheDevicesAnswer() {
        shell.prints("tailscale status --json", ROUTED.formatted("spare.net.example", true));
        knock.all(Sign.ACCEPTED);

        assertThat(look()).isInstanceOfSatisfying(Sight.Desired.class, open -> assertThat(open.evidence())
                .contains("spare.net.example (online) routes 192.0.2.0/24", "attic/gateway port 443 answers"));
    }

    @Test
    void isNotOpenThroughARouterThatIsNotAllowedOrIsOffline() {
        knock.all(Sign.ACCEPTED);

        shell.prints("tailscale status --json", ROUTED.formatted("stranger.net.example", true));
        assertThat(look()).isInstanceOfSatisfying(Sight.Other.class, shut -> assertThat(shut.evidence())
                .contains("no allowed router carries 192.0.2.0/24", "stranger.net.example"));
        shell.prints("tailscale status --json", ROUTED.formatted("spare.net.example", false));
        assertThat(look()).isInstanceOf(Sight.Other.class);
        shell.prints("tailscale status --json", "{\"BackendState\":\"NeedsLogin\",\"Peer\":null}");
        assertThat(look()).isInstanceOfSatisfying(Sight.Other.class, shut -> assertThat(shut.evidence())
                .contains("NeedsLogin"));
    }

    @Test
    void namesEveryDeviceThatDoesNotAnswerBesideTheRouter() {
        shell.prints("tailscale status --json", ROUTED.formatted("stranger.net.example", true));
        knock.all(Sign.REFUSED);

        assertThat(look()).isInstanceOfSatisfying(Sight.Other.class, shut -> assertThat(shut.evidence())
                .contains("no allowed router", "attic/gateway port 443"));
    }

    @Test
    void isUnseenAndNeverOpenWhenNobodyCanBeAsked() {
        shell.down(AssetId.parse("attic/pve1"));
        knock.all(Sign.ACCEPTED);

        assertThat(look()).isInstanceOf(Sight.Unseen.class);

        shell.up(AssetId.parse("attic/pve1"));
        shell.prints("tailscale status --json", "<html>");
        assertThat(look()).isInstanceOf(Sight.Unseen.class);
        shell.prints("tailscale status --json", ROUTED.formatted("spare.net.example", true));
        knock.all(Sign.BLIND);
        assertThat(look()).isInstanceOf(Sight.Unseen.class);
    }

    private Sight look() {
        return time.until(hands.look(new Step(
                new StepId("precheck:attic:guard"),
                Phase.PRECHECK,
                Verb.GUARD,
                Optional.of(AssetId.parse("attic/pve1")),
                new TreeSet<>(),
                Duration.ofSeconds(1),
                Optional.empty())));
    }

    private static Contracts guarded() {
        List<SourceFile> files = new ArrayList<>(FakeContracts.atticFiles());
        files.removeIf(file -> file.path().endsWith("/site.yaml"));
        String site = text("/contracts/attic/sites/attic/site.yaml")
                .replace(
                        "  required: false",
                        "  required: true\n  asked-on: pve1\n  routers: [spare.net.example]\n  devices: [gateway]");
        files.add(new SourceFile("sites/attic/site.yaml", site.getBytes(StandardCharsets.UTF_8)));
        Loaded loaded = new ContractLoader().load(files);
        assertThat(loaded).as(loaded.render()).isInstanceOf(Loaded.Ok.class);
        return ((Loaded.Ok) loaded).contracts();
    }

    private static String text(String resource) {
        try (InputStream in = OutOfBandLookTest.class.getResourceAsStream(resource)) {
            assertThat(in).isNotNull();
            return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
