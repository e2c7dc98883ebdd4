package io.ridethrough.contract.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.PortMap;
import io.ridethrough.contract.Posture;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What a site says for the standard to compare with is read whole, or refused with its place. */
class PostureRulesTest {
    @Test
    void readsWhatIsDeclared() {
        ChangedAttic attic =
                new ChangedAttic().replace("network", "devices:\n", """
                        segments:
                          - {id: first, vlan: 1, subnet: 192.0.2.0/24, classes: [gateway]}
                        dhcp-pool: {from: 192.0.2.200, to: 192.0.2.254}
                        clients:
                          - {mac: "02:00:5E:10:00:99", kind: bulb}
                        devices:
                        """).replace("site", "recovery:\n", """
                        tailnet: {name: attic.example, asked-on: pve1, peers: [pve1], offline-for: 24h}
                        recovery:
                        """);

        Posture posture = ((Loaded.Ok) attic.load())
                .contracts()
                .sites()
                .values()
                .iterator()
                .next()
                .posture();

        assertThat(posture.segmentOf("gateway").map(Posture.Segment::toString)).contains("first (192.0.2.0/24)");
        assertThat(posture.clients()).extracting(Posture.Client::mac).containsExactly("02:00:5e:10:00:99");
        assertThat(posture.tailnet().orElseThrow().peers()).containsExactly("pve1.attic.example");
        Posture.Pool pool = posture.pool().orElseThrow();
        assertThat(List.of("192.0.2.199", "192.0.2.200", "192.0.2.254", "192.0.2.255", "2001:db8::1"))
                .filteredOn(pool::holds)
                .containsExactly("192.0.2.200", "192.0.2.254");
    }

    @Test
    void refusesAClassOfTwoNetworksAHardwareAddressOfTwoThingsAndAPoolThatEndsBeforeItBegins() {
        String shown = new ChangedAttic().replace("network", "devices:\n", """
                        segments:
                          - {id: first, vlan: 1, subnet: 192.0.2.0/24, classes: [gateway]}
                          - {id: other, vlan: 1, subnet: 198.51.100.0/24, classes: [gateway]}
                        dhcp-pool: {from: 192.0.2.200, to: 192.0.2.100}
                        clients:
                          - {mac: "02:00:5E:10:00:04", kind: bulb}
                        devices:
                        """).shown();

        assertThat(shown)
                .contains("contracts/sites/attic/network.yaml:4:23: error: the segment of VLAN \"1\" is here twice\n")
                .contains("network.yaml:4:61: error: a segment for the class \"gateway\" is here twice\n")
                .contains("network.yaml:5:36: error: the pool ends before it begins\n")
                .contains("^ write the lower address in from\n")
                .contains("network.yaml:7:11: error: the hardware address \"02:00:5e:10:00:04\" is here twice\n")
                .contains("^ first at line 12\n")
                .contains("4 errors. Nothing was changed.");
    }

    @Test
    void readsThePortMapOfASwitch() {
        ChangedAttic attic = new ChangedAttic().replace("network", "devices:\n", """
                        segments:
                          - {id: first, vlan: 1, subnet: 192.0.2.0/24, classes: [gateway]}
                        devices:
                          - id: cabinet
                            role: switch
                            poe-budget: 45
                            port-map:
                              - {port: 6, network: first, poe: true, carries: nas}
                              - {port: 7}
                        """);

        PortMap map = ((Loaded.Ok) attic.load())
                .contracts()
                .sites()
                .values()
                .iterator()
                .next()
                .posture()
                .portMaps()
                .getOrDefault(AssetId.parse("attic/cabinet"), new PortMap(OptionalInt.empty(), List.of()));

        assertThat(map.budget()).hasValue(45);
        assertThat(map.ports())
                .containsExactly(
                        new PortMap.Port(
                                6,
                                Optional.of(new Posture.Segment("first", 1, "192.0.2.0/24", List.of("gateway"))),
                                Optional.of(true),
                                Optional.of(AssetId.parse("attic/nas"))),
                        new PortMap.Port(7, Optional.empty(), Optional.empty(), Optional.empty()));
    }

    @Test
    void refusesAPortMapWithANetworkOrAnAssetThatNobodyDeclaresAndAPortThatIsNamedTwice() {
        String shown = new ChangedAttic().replace("network", "devices:\n", """
                        devices:
                          - id: cabinet
                            role: switch
                            port-map:
                              - {port: 6, network: first}
                              - {port: 6, carries: nobody}
                        """).shown();

        assertThat(shown)
                .contains("contracts/sites/attic/network.yaml:6:28: error: there is no segment \"first\"\n")
                .contains("^ say segments in this file\n")
                .contains("network.yaml:7:16: error: the port \"6\" is here twice\n")
                .contains(
                        "network.yaml:7:28: error: a port of \"cabinet\" carries \"nobody\", which no site declares\n")
                .contains("3 errors. Nothing was changed.");
    }

    @Test
    void refusesATailnetThatIsAskedOnWhatNobodyDeclaresAndAPeerThatIsNamedTwice() {
        String shown = new ChangedAttic().replace("site", "recovery:\n", """
                        tailnet: {name: attic.example, asked-on: pve9, peers: [pve1], others: [pve1]}
                        recovery:
                        """).shown();

        assertThat(shown).contains("pve9").contains("the peer \"pve1\" is here twice");
    }
}
