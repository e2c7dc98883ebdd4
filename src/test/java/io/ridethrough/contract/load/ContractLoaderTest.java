package io.ridethrough.contract.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.FakeContracts;
import io.ridethrough.contract.Guest;
import io.ridethrough.contract.Mount;
import io.ridethrough.contract.Node;
import io.ridethrough.contract.Policy;
import io.ridethrough.contract.Power;
import io.ridethrough.contract.Site;
import io.ridethrough.contract.SshAccess;
import io.ridethrough.contract.WakeWay;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ContractLoaderTest {
    private final Contracts attic = FakeContracts.attic();
    private final Site site = attic.sites().values().iterator().next();

    @Test
    void bindsEveryAssetOfTheSite() {
        assertThat(attic.assets().keySet())
                .map(AssetId::name)
                .containsExactly("broker", "cameras", "dns", "gateway", "media", "nas", "pve1", "pve2", "web", "wiki");
    }

    @Test
    void givesEveryDefaultOfAGuest() {
        Guest cameras = (Guest) attic.asset(id("cameras")).orElseThrow();

        assertThat(cameras.title()).isEqualTo("cameras");
        assertThat(cameras.ssh()).isEmpty();
        assertThat(cameras.grace()).isEqualTo(Duration.ofMinutes(3));
        assertThat(cameras.mayForce()).isFalse();
        assertThat(cameras.alwaysStart()).isFalse();
        assertThat(cameras.ready()).isEqualTo(Guest.Ready.RUNNING);
        assertThat(cameras.stop()).isEqualTo(Duration.ofMinutes(1));
        assertThat(cameras.stewardship().owner()).isEqualTo("@ops");
        assertThat(cameras.stewardship().domain()).isEqualTo("iot");
        assertThat(cameras.stewardship().tier()).isEqualTo(3);
    }

    @Test
    void givesEveryDefaultOfANode() {
        Node one = site.nodes().get(0);
        Node two = site.nodes().get(1);

        assertThat(one.ssh()).isEqualTo(new SshAccess("192.0.2.11", 22, "root", "ssh/attic", false));
        assertThat(two.ssh()).isEqualTo(new SshAccess("192.0.2.12", 22, "ops", "ssh/attic", true));
        assertThat(one.address()).isEqualTo("192.0.2.11");
        assertThat(one.off()).isEqualTo(Duration.ofMinutes(2));
        assertThat(one.boot()).isEqualTo(Duration.ofMinutes(4));
        assertThat(one.stopsAtOnce()).isEqualTo(8);
        assertThat(one.startsAtOnce()).isEqualTo(3);
        assertThat(two.proofOfOff().ports()).containsExactly(22);
        assertThat(two.proofOfOff().quiet()).isEqualTo(Duration.ofSeconds(10));
        assertThat(two.nodeName()).isEqualTo("pve2");
        assertThat(one.wake())
                .containsExactly(
                        new WakeWay.WakeOnLan(List.of("02:00:5e:10:00:02", "02:00:5e:10:00:12"), "192.0.2.255", 9));
    }

    @Test
    void expandsGroupsToTheirMembersAndInheritsWhatTheyNeed() {
        assertThat(attic.asset(id("web")).orElseThrow().needs()).containsExactly(id("dns"));
        Contracts changed =
                ok(new ChangedAttic().replace("guests", "    members: [dns]", "    members: [dns]\n    needs: [nas]"));
        assertThat(changed.asset(id("dns")).orElseThrow().needs()).containsExactly(id("nas"));
    }

    @Test
    void bindsMountsToWhoServesThem() {
        assertThat(site.nodes().get(0).mounts())
                .containsExactly(new Mount(id("nas"), "/volume1/backups", "/mnt/pve/backups"));
    }

    @Test
    void givesAStackTheAccessOfItsHost() {
        assertThat(site.stacks().get(0).ssh().host()).isEqualTo("192.0.2.20");
        assertThat(site.stacks().get(0).project()).isEqualTo("wiki");
    }

    @Test
    void givesEveryDefaultOfPowerAndPolicy() {
        Contracts bare = ok(new ChangedAttic()
                .replace("power", "policy:\n  outage-hold: 60s\n  return-hold: 300s\n", "")
                .without("policy"));

        assertThat(bare.sites().values())
                .extracting(s -> s.power().policy())
                .containsExactly(new Power.Policy(
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(5),
                        50,
                        Duration.ofSeconds(15),
                        Duration.ofSeconds(10),
                        Power.OnReturn.TURN_AROUND,
                        Power.Start.AFTER_HOLD,
                        Duration.ofMinutes(45)));
        assertThat(bare.policy())
                .isEqualTo(new Policy(List.of(), new Policy.Checks(3, Duration.ofSeconds(10), Duration.ofSeconds(5))));
        assertThat(site.power().upses().get(0).mqtt().orElseThrow().variables()).containsEntry("status", "ups.status");
        assertThat(site.power().upses().get(0).mqtt().orElseThrow().every()).contains(Duration.ofSeconds(5));
        assertThat(site.power().fedBy()).containsEntry(id("nas"), Set.of(id("ups1")));
    }

    @Test
    void takesOutsideForNoAssetAndNoneForAnEmptyList() {
        assertThat(site.orchestrator().runsOn()).isEmpty();
        Contracts bare = ok(new ChangedAttic().with("services", "none: not declared yet\n"));
        assertThat(bare.sites().values()).allSatisfy(s -> assertThat(s.probes()).isEmpty());
    }

    @Test
    void listsEveryAssumptionWithItsPlace() {
        assertThat(attic.assumptions())
                .containsExactly(
                        "contracts/sites/attic/power.yaml:6: nothing says which UPS the attic has",
                        "contracts/sites/attic/power.yaml:32: two sources name two MACs, both are tried",
                        "contracts/sites/attic/site.yaml:13: nothing says where the orchestrator runs");
    }

    @Test
    void givesTheSameForTheSameFilesInAnyOrder() {
        List<SourceFile> files = new ArrayList<>(FakeContracts.atticFiles());
        Collections.reverse(files);

        Loaded loaded = new ContractLoader().load(files);

        assertThat(loaded).isEqualTo(new Loaded.Ok(attic, List.of()));
        assertThat(attic.digest()).hasSize(64);
    }

    @Test
    void resolvesReferencesToOtherSites() {
        ChangedAttic both = new ChangedAttic();
        for (SourceFile file : FakeContracts.atticFiles()) {
            if (file.path().startsWith("sites/attic/")) {
                String text = new String(file.bytes(), StandardCharsets.UTF_8);
                both.with(
                        file.path().replace("sites/attic/", "sites/cellar/"),
                        text.replace("site: attic", "site: cellar")
                                .replace("needs: [core, media]", "needs: [attic/core]"));
            }
        }
        AssetId cameras = AssetId.parse("cellar/cameras");
        assertThat(ok(both).asset(cameras).orElseThrow().needs()).isEqualTo(Set.of(id("dns")));
        assertThat(ok(both).sites()).hasSize(2);
    }

    private static Contracts ok(ChangedAttic changed) {
        Loaded loaded = changed.load();
        if (loaded instanceof Loaded.Ok ok) {
            return ok.contracts();
        }
        throw new AssertionError(loaded.render());
    }

    private static AssetId id(String name) {
        return AssetId.parse("attic/" + name);
    }
}
