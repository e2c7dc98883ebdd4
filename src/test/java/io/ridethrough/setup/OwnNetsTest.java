package io.ridethrough.setup;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Site;
import io.ridethrough.contract.SiteId;
import io.ridethrough.contract.Ups;
import io.ridethrough.plan.FakeContracts;
import io.ridethrough.plan.LastNet;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Never the only net (design 8): what machines do by themselves, later than our latest start. */
final class OwnNetsTest {
    private static Contracts attic(int grace) {
        FakeContracts sites = new FakeContracts();
        sites.nas("attic/store").takes(60, 180);
        sites.node("attic/metal").mounts("attic/store").takes(45, 90);
        sites.guest("attic/app", "attic/metal").takes(40, 60).grace(grace);
        return sites.fedBy(new Ups(
                        AssetId.parse("attic/ups"),
                        "a UPS",
                        Optional.empty(),
                        Optional.of(new Ups.NutSource(
                                "127.0.0.1", 3493, "rack", Optional.empty(), Duration.ofSeconds(5), Optional.empty())),
                        Duration.ofMinutes(20)))
                .build();
    }

    private static LastNet net(Contracts contracts) {
        Site site = contracts.sites().get(new SiteId("attic"));
        return LastNet.of(Objects.requireNonNull(site), contracts, Duration.ofMinutes(1))
                .get(0);
    }

    @Test
    void beginLaterThanOurLatestStartAndEarlyEnoughToBeOff() {
        // Ours: 40 s of the guest, 55 s of the node and 70 s of the NAS with their proofs, a minute in reserve.
        LastNet net = net(attic(70));

        assertThat(net.ours()).isEqualTo(Duration.ofSeconds(225));
        assertThat(net.needed()).isEqualTo(Duration.ofSeconds(115));
        assertThat(net.low()).isEqualTo(Duration.ofSeconds(115));
        assertThat(net.isLongEnough()).isTrue();
    }

    @Test
    void neverBeginBeforeOursHoweverLongTheyTake() {
        LastNet net = net(attic(600));

        assertThat(net.low()).isEqualTo(Duration.ofSeconds(195)).isLessThan(net.ours());
        assertThat(net.isLongEnough()).isFalse();
    }

    @Test
    void arePrintedAsTheLinesToSet() {
        List<String> lines = OwnNets.of(attic(70), AssetId.parse("attic/metal"));

        assertThat(lines)
                .anyMatch(line -> line.matches("(qm|pct) set \\d+ --onboot 1 --startup order=1,down=70 .*attic/app"))
                .contains("pvenode config set --startall-onboot-delay 90", "RequiresMountsFor=/mnt", "MINSUPPLIES 1")
                .anyMatch(line -> line.matches("MONITOR .* 1 ridethrough-follower <its password> secondary"))
                .anyMatch(line -> line.contains("still has 3 min 45 s left") && line.contains("low at 115 s left"));
        assertThat(OwnNets.of(attic(70), AssetId.parse("attic/store")))
                .anyMatch(line -> line.contains("until low battery"));
        assertThat(OwnNets.of(attic(70), AssetId.parse("attic/ups")))
                .anyMatch(line -> line.startsWith("upsrw -s battery.runtime.low=115 "));
    }

    @Test
    void areToldByCheckWhereTheyAreTooShortOrMissing() {
        assertThat(OwnNets.gaps(attic(70)))
                .singleElement()
                .asString()
                .startsWith("own net: attic/metal, attic/store shut down by themselves when attic/ups has 115 s left");
        assertThat(OwnNets.gaps(attic(600))).anyMatch(line -> line.startsWith("warning: own net: by itself"));
    }
}
