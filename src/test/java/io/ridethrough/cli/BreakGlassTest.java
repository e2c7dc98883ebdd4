package io.ridethrough.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.breakglass.BreakGlass;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.SiteId;
import io.ridethrough.realparts.Moment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The script and the page for the day on which there is no Ridethrough. The script runs with nothing but the tools that it
 * names on its path, against real sshd's that judge it by their own logs.
 */
final class BreakGlassTest {
    private static final List<String> TOOLS =
            List.of("sh", "ssh", "date", "cat", "cut", "grep", "mktemp", "rm", "sleep", "dirname", "perl");

    @TempDir
    static Path folder;

    private static Harbour harbour;
    private static Contracts contracts;
    private static Path home;

    private Path glass = folder;

    /** What a script said and how it ended. */
    private record Said(int code, String text) {}

    @BeforeAll
    static void openTheHarbour() throws IOException {
        harbour = new Harbour(folder);
        harbour.sites.harbour(folder.resolve("contracts"), "outage-hold: 60s, return-hold: 5m", "on-change");
        contracts = new ContractFolder(folder.resolve("contracts")).contracts();
        home = Files.createDirectories(folder.resolve("home"));
        harbour.introduceTo(home);
        Path bin = Files.createDirectories(folder.resolve("bin"));
        for (String tool : TOOLS) {
            Files.createSymbolicLink(bin.resolve(tool), Path.of("/usr/bin", tool));
        }
    }

    @AfterAll
    static void closeTheHarbour() {
        harbour.close();
    }

    @BeforeEach
    void writeBoth(@TempDir Path fresh) throws IOException {
        harbour.asNew();
        glass = fresh;
        BreakGlass.write(contracts, new SiteId("harbour"), glass, Instant.parse("2026-02-03T12:00:00Z"));
    }

    @Test
    void showsEverythingAndSendsNothingUnlessTold() throws Exception {
        Said said = script("down");

        assertThat(said.code()).isZero();
        assertThat(said.text()).contains("DRY RUN", "qm shutdown 102", "systemctl poweroff", "synopoweroff");
        assertThat(harbour.log()).isEmpty();
    }

    @Test
    void takesASiteDownInOrderAndBringsBackWhatRan() throws Exception {
        harbour.host("pier").ignoresShutdown(103);

        Said down = script("down", "--execute");

        assertThat(down.code()).as(down.text()).isZero();
        assertThat(down.text()).contains("harbour/web: is down, by force", "harbour/bench: is down already");
        harbour.happenedInOrder("crane: down 202", "crane: down 201", "pier: down 102", "pier: down 101", "silo: off");
        assertThat(harbour.once("pier", "down 103")).isLessThan(harbour.once("pier", "down 102"));
        assertThat(harbour.once("pier", "off")).isLessThan(harbour.once("silo", "off"));
        assertThat(harbour.once("crane", "off")).isLessThan(harbour.once("silo", "off"));
        assertThat(harbour.log()).noneMatch(moment -> moment.what().startsWith("lost"));

        Said up = script("up", "--execute");

        assertThat(up.code()).as(up.text()).isZero();
        assertThat(up.text()).contains("harbour/bench: was not running before");
        harbour.happenedInOrder(
                "silo: on", "pier: on", "pier: up 101", "pier: up 102", "crane: up 201", "crane: up 202");
        assertThat(harbour.host("pier").runs(104)).isFalse();
        assertThat(harbour.host("crane").runs(900)).isFalse();
    }

    /** A magic packet crosses no router: what the contract has another host send, the script has it send too. */
    @Test
    void wakesThroughTheHelperThatTheContractNames() throws Exception {
        harbour.host("pier").ssh().command("wakeonlan", WakeWaysOnRealHostsTest.WAKEONLAN);
        helpedByPier();
        assertThat(script("down", "--execute").code()).isZero();

        Said up = script("up", "--execute");

        assertThat(up.code()).as(up.text()).isZero();
        assertThat(harbour.host("pier").log())
                .extracting(Moment::what)
                .contains("wakeonlan -i 127.0.0.1 -p " + harbour.ear.port() + " " + HarbourSites.mac("crane"));
    }

    @Test
    void namesTheHelperThatSendsAMagicPacketInScriptAndPage() throws Exception {
        helpedByPier();

        assertThat(Files.readString(glass.resolve("harbour.html")))
                .containsPattern(
                        "ssh -p [0-9]+ [a-z]+@127.0.0.1 wakeonlan -i 127.0.0.1 -p [0-9]+ " + HarbourSites.mac("crane"));
        assertThat(Files.readString(glass.resolve("harbour.sh")))
                .as("the card, and by whom")
                .containsPattern("127.0.0.1,[0-9]+," + HarbourSites.mac("crane") + ",127.0.0.1,[0-9]+,[a-z]+,");
    }

    private void helpedByPier() throws IOException {
        Path helped = ChangedFolder.of(folder.resolve("contracts"), glass.resolve("helped"))
                .replace(
                        "sites/harbour/power.yaml",
                        HarbourSites.mac("crane") + "\"], broadcast: 127.0.0.1, port: " + harbour.ear.port(),
                        HarbourSites.mac("crane") + "\"], broadcast: 127.0.0.1, from: pier, port: "
                                + harbour.ear.port())
                .path();
        BreakGlass.write(
                new ContractFolder(helped).contracts(),
                new SiteId("harbour"),
                glass,
                Instant.parse("2026-02-03T12:00:00Z"));
    }

    @Test
    void haltsWhereAGuestThatMayNotBeForcedStaysUp() throws Exception {
        harbour.host("pier").ignoresShutdown(102);

        Said said = script("down", "--execute");

        assertThat(said.code()).isEqualTo(3);
        assertThat(said.text()).contains("HALTED", "harbour/db: does not shut down", "permits no force");
        assertThat(harbour.commands("pier")).noneMatch(command -> command.contains("stop 102"));
        assertThat(harbour.commands("silo")).isEmpty();
        assertThat(harbour.host("silo").ssh().answers()).isTrue();
    }

    @Test
    void startsNothingWhenNobodyKnowsWhatRan() throws Exception {
        Said said = script("up", "--execute");

        assertThat(said.code()).isEqualTo(2);
        assertThat(said.text()).contains("--all");
        assertThat(harbour.log()).isEmpty();
    }

    @Test
    void printsAPageWithEveryMoveAndNoSecret() throws IOException {
        String page = Files.readString(glass.resolve("harbour.html"));

        assertThat(page)
                .contains("qm shutdown 102 --timeout 30", "status: stopped. Never by force.", "The harbour")
                .contains("wakeonlan -i 127.0.0.1", HarbourSites.mac("silo"), "900 (template)")
                .doesNotContain("PRIVATE KEY", "src=", "href=");
        assertThat(page.indexOf("qm shutdown 103")).isLessThan(page.indexOf("qm shutdown 102"));
    }

    @Test
    void isWrittenByOneCommandAndRefusesAnUnknownSite() throws IOException {
        Typed written = Typed.of(
                "site",
                "export",
                "harbour",
                "--contracts",
                folder.resolve("contracts").toString(),
                "--to",
                glass.resolve("new").toString());
        assertThat(written.code()).as(written.toString()).isZero();
        assertThat(glass.resolve("new/harbour.sh")).exists();

        Typed refused = Typed.of(
                "site",
                "export",
                "harbor",
                "--contracts",
                folder.resolve("contracts").toString());
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.toString()).contains("no site \"harbor\"").contains("harbour");
    }

    private Said script(String... words) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("/bin/sh", glass.resolve("harbour.sh").toString()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.put("PATH", folder.resolve("bin").toString());
        environment.put("HOME", glass.toString());
        environment.put("KNOWN_HOSTS", home.resolve("known_hosts").toString());
        environment.put("KEYS", home.resolve("secrets").toString());
        Path out = glass.resolve("out.txt");
        Process process = builder.redirectOutput(out.toFile()).start();
        assertThat(process.waitFor(4, TimeUnit.MINUTES)).isTrue();
        return new Said(process.exitValue(), Files.readString(out));
    }
}
