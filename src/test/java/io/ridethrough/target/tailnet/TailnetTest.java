package io.ridethrough.target.tailnet;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.target.ssh.CommandResult.Exited;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Fixtures by protocols 8. */
class TailnetTest {
    private static final String LAN = "192.0.2.0/24";

    @Test
    void anAllowedRouterThatIsOnlineAndCarriesTheLanIsFoundByItsDnsName() {
        Tailnet.Running status = running("""
                {"BackendState":"Running","Self":{"HostName":"node","DNSName":"node.net.example.","Online":true},
                 "Peer":{"k1":{"HostName":"same","DNSName":"Router.net.example.","Online":true,
                               "PrimaryRoutes":["192.0.2.0/24","198.51.100.0/24"]},
                         "k2":{"HostName":"same","DNSName":"other.net.example.","Online":true}}}
                """);

        assertThat(status.routerOf(LAN, List.of("router.net.example"))).isPresent();
        assertThat(status.routerOf(LAN, List.of("router.net.example."))).isPresent();
        assertThat(status.routerOf(LAN, List.of("same"))).isEmpty();
        assertThat(status.routerOf("203.0.113.0/24", List.of("router.net.example")))
                .isEmpty();
    }

    @Test
    void aRouterThatIsOfflineOrIsTakenDownDoesNotCount() {
        Tailnet.Running status = running("""
                {"BackendState":"Running","Self":null,
                 "Peer":{"k1":{"DNSName":"spare.net.example.","Online":false,"PrimaryRoutes":["192.0.2.0/24"]},
                         "k2":{"DNSName":"node.net.example.","Online":true,"PrimaryRoutes":["192.0.2.0/24"]}}}
                """);

        assertThat(status.routerOf(LAN, List.of("spare.net.example"))).isEmpty();
        assertThat(status.carriers(LAN)).hasSize(2);
    }

    @Test
    void aWiderRouteCarriesTheLanAndANarrowerOneDoesNot() {
        assertThat(Subnet.of("192.0.0.0/16").covers(Subnet.of(LAN))).isTrue();
        assertThat(Subnet.of("0.0.0.0/0").covers(Subnet.of(LAN))).isTrue();
        assertThat(Subnet.of("192.0.2.0/25").covers(Subnet.of(LAN))).isFalse();
        assertThat(Subnet.of("2001:db8::/32").covers(Subnet.of("2001:db8:1::/48")))
                .isTrue();
        assertThat(Subnet.of("::/0").covers(Subnet.of(LAN))).isFalse();
        assertThat(Subnet.of("nonsense/8").covers(Subnet.of("nonsense/8"))).isFalse();
    }

    @Test
    void theKeyOfTheNodeItselfEndsWhenItSaysAndNeverWhereItSaysNothing() {
        assertThat(running("""
                {"BackendState":"Running","Self":{"DNSName":"node.net.example.","KeyExpiry":"2026-12-05T10:00:00Z"},
                 "Peer":{"k1":{"DNSName":"router.net.example.","KeyExpiry":"2026-12-01T10:00:00Z"}}}
                """).keyEnds()).contains(Instant.parse("2026-12-05T10:00:00Z"));
        assertThat(running("{\"BackendState\":\"Running\",\"Self\":{\"DNSName\":\"node.net.example.\"}}")
                        .keyEnds())
                .isEmpty();
    }

    @Test
    void theBackendsStateIsJudgedAndNotTheExitCode() {
        assertThat(Tailnet.read(new Exited(0, "{\"BackendState\":\"NeedsLogin\",\"Peer\":null}", "")))
                .isEqualTo(new Tailnet.NotRunning("NeedsLogin"));
        assertThat(Tailnet.read(new Exited(1, "{\"BackendState\":\"Running\",\"Peer\":null}", "")))
                .isInstanceOf(Tailnet.Running.class);
    }

    @Test
    void noJsonIsUnreadable() {
        assertThat(Tailnet.read(new Exited(127, "", "sh: tailscale: not found")))
                .isInstanceOf(Tailnet.Unreadable.class);
        assertThat(Tailnet.read(new Exited(0, "<html>", ""))).isInstanceOf(Tailnet.Unreadable.class);
    }

    private static Tailnet.Running running(String json) {
        return (Tailnet.Running) Tailnet.read(new Exited(0, json, ""));
    }
}
