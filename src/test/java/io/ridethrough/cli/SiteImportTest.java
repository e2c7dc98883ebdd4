package io.ridethrough.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Guest;
import io.ridethrough.contract.SiteId;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Small bindings that contradict one another in every way the importer knows. */
final class SiteImportTest {
    private static final Path BINDINGS = Path.of("src/test/resources/bindings");

    @TempDir
    Path contracts;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "contradiction: the node of site weir is said in 2 ways|topology.sites.yaml:6|startup.sequencing.yaml:2",
                "contradiction: the LAN of site weir is said in 2 ways|topology.sites.yaml:5|weir.device.registry.yaml:2",
                "contradiction: the address of wheel is said in 2 ways|hardware.inventory.yaml:2|weir.device.registry.yaml:5",
                "contradiction: SSH to wheel does not go to its address|hardware.inventory.yaml:2|ssh.targets.yaml:5",
                "contradiction: the MAC by which wheel is woken|hardware.inventory.yaml:2|weir.device.registry.yaml:5",
                "contradiction: the SSH user of flour is said in 2 ways|ssh.targets.yaml:4|vm.lifecycle.yaml:16",
                "contradiction: the order down is not the order up|startup.sequencing.yaml:4|startup.sequencing.yaml:5",
                "contradiction: flour is started before names by the list|startup.sequencing.yaml:4|startup.sequencing.yaml:14",
                "contradiction: two stacks of flour have one folder|docker.compose.targets.yaml:5|docker.compose.targets.yaml:6",
                "contradiction: the number of guest flour|vm.lifecycle.yaml:11|infra.storage.placement.policy.yaml:2",
                "contradiction: the endpoint astray is asked at another address|services.health.yaml:4|vm.lifecycle.yaml:14",
                "contradiction: two machines have the address|weir.device.registry.yaml:7|ssh.targets.yaml:6",
                "dangling reference: names names an SSH target|vm.lifecycle.yaml:9|no ssh",
                "dangling reference: a guest is on a node of no site|vm.lifecycle.yaml:24|left out",
                "dangling reference: a phase starts what is no machine|startup.sequencing.yaml:20|left out",
                "dangling reference: active_vm_ids names a guest that is not active|startup.sequencing.yaml:3|399",
                "dangling reference: the site names a compose target|topology.sites.yaml:7|ghost-target",
                "dangling reference: flour is said to carry a stack|vm.lifecycle.yaml:17|bran",
                "dangling reference: a phase starts a stack|startup.sequencing.yaml:15|husks",
                "dangling reference: storage is placed for a guest|infra.storage.placement.policy.yaml:3|left out",
                "dangling reference: the endpoint nowhere|services.health.yaml:6|nobody",
                "dangling reference: a guest names a backup target|vm.lifecycle.yaml:18|flour-daily",
                "stale entry: a site is not active|topology.sites.yaml:9|planned",
                "stale entry: guest 303 is decommissioned|vm.lifecycle.yaml:21|excluded",
                "stale entry: the stack dusty is legacy|docker.compose.targets.yaml:7|left out",
                "stale entry: the endpoint sacks-too asks what another asks|services.health.yaml:2|services.health.yaml:3",
                "stale entry: the endpoint sleeping is switched off|services.health.yaml:5|left out",
                "stale entry: the backup target is switched off|backup.inventory.yaml:2|nothing",
                "assumption: the kind of guest flour|vm.lifecycle.yaml:11|vm",
                "assumption: the order of phase-2 after phase-1|startup.sequencing.yaml:14|need",
            })
    void everyFindingNamesBothSidesByFileAndLine(String what, String one, String other) {
        String out = importInto().out();

        String finding = out.substring(Math.max(0, out.indexOf(what))).split("(?m)^\\S", 3)[1];
        assertThat(out).contains(what);
        assertThat(finding).contains(one, other, "-> ");
    }

    @Test
    void theCountsStandAtTheEndWithWhatToTypeNext() {
        Typed typed = importInto();

        assertThat(typed.code()).as(typed.err()).isEqualTo(Exit.WELL);
        assertThat(typed.out())
                .contains("secrets.namespace.policy.yaml:2:1: error: this is not YAML")
                .containsPattern(
                        "13 contradictions, 10 dangling references, 6 stale entries, \\d+ assumptions; 1 could not"
                                + " be read\\.\nNext: ridethrough check .*\n$");
    }

    @Test
    void theResultPassesCheckWithOnlyAssumptionsMarked() {
        importInto();

        Typed checked = Typed.of("check", contracts);

        assertThat(checked.code()).as(checked.out()).isEqualTo(Exit.WELL);
        assertThat(checked.out())
                .doesNotContain("error", "warning")
                .contains("assumed:", "site weir: 1 nodes, 2 guests");
    }

    /** R22: the kind is taken where it is said, and marked where it is not. */
    @Test
    void whatMattersForSafetyIsMarkedWhereNobodySaidIt() {
        importInto();
        Contracts read = new ContractFolder(contracts).contracts();

        assertThat(guest(read, "names").form()).isEqualTo(Guest.Form.CONTAINER);
        assertThat(read.assumptions().toString())
                .contains("no binding says whether it is a VM or a container")
                .contains("an order of phases, not a declared need")
                .contains("no one looked at the label");
    }

    @Test
    void aSiteThatIsThereIsNeverOverwritten() throws Exception {
        Files.createDirectories(contracts.resolve("sites/weir"));

        Typed typed = importInto();

        assertThat(typed.code()).isEqualTo(Exit.REFUSED);
        assertThat(typed.err()).contains("never overwritten", "Nothing was changed.");
        assertThat(contracts.resolve("sites/weir")).isEmptyDirectory();
    }

    @Test
    void aFolderWithoutSitesIsNoFolderOfBindings() {
        assertThat(Typed.of("site", "import", contracts, "--contracts", contracts)
                        .err())
                .contains("no active site", "Nothing was changed.");
        assertThat(Typed.of("site", "import", contracts.resolve("none")).err()).contains("no folder of bindings");
    }

    private Typed importInto() {
        return Typed.of("site", "import", BINDINGS, "--contracts", contracts);
    }

    private static Guest guest(Contracts read, String name) {
        return (Guest) read.asset(new AssetId(new SiteId("weir"), name)).orElseThrow();
    }
}
