package io.ridethrough.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ridethrough.contract.Contracts;
import io.ridethrough.lab.net.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that ask a running service, typed against a service with two sites. */
class ServedCommandsTest {
    @TempDir
    static Path folder;

    private static ServerSocket quay;
    private static Path config;
    private static Service service;

    @BeforeAll
    static void serve() throws IOException {
        quay = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        int http = FreePort.onLoopback();
        int nobody = FreePort.onLoopback();
        config = TwoSites.write(folder, http, quay.getLocalPort(), nobody);
        Settings settings = Settings.read(config);
        Contracts contracts = new ContractFolder(settings.path("ridethrough.contracts")).contracts();
        Home home = Home.at(settings.path("ridethrough.home"));
        service = Service.start(settings, home, contracts, ServeCommand.real(home, contracts));
    }

    @AfterAll
    static void stop() throws IOException {
        service.close();
        quay.close();
    }

    @Test
    void statusTellsEverySiteAndFitsTheScreen() throws IOException {
        Typed typed = typed("status");

        assertThat(typed.code()).isEqualTo(Exit.WELL);
        assertThat(typed.out()).contains("pier: ", "quay: ", "  power    ");
        assertThat(typed.out().lines()).allMatch(line -> line.length() <= 78);
        JsonNode json = new ObjectMapper().readTree(typed("status --json").out());
        assertThat(json.path("sites")).hasSize(2);
    }

    @Test
    void armsAndDisarmsByName() {
        Typed refused = typed("arm quay");
        assertThat(refused.code()).isEqualTo(Exit.REFUSED);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err())
                .contains("quay was never rehearsed", "Nothing was changed.")
                .endsWith("Next: ridethrough rehearse quay\n");
        assertThat(typed("status").out()).contains("quay: watching");

        assertThat(typed("arm quay --waive-rehearsal hands").out())
                .startsWith("quay is armed.\nThe rehearsal was waived: hands\n")
                .contains("Next: ridethrough status\n");
        assertThat(typed("status").out())
                .contains("quay: armed", "armed    the rehearsal was waived: hands", "pier: watching");
        assertThat(typed("arm quay --off").out()).isEqualTo("quay is watching.\n");
        assertThat(typed("status").out()).doesNotContain("hands");
        assertThat(typed("arm quay --off --waive-rehearsal hands").code()).isEqualTo(Exit.USAGE);

        for (String site : new String[] {"kwai", "a%20b/../c", "quay/door"}) {
            Typed unknown = typed("arm " + site);
            assertThat(unknown.code()).as(site).isEqualTo(Exit.REFUSED);
            assertThat(unknown.err()).as(site).contains("Nothing was changed.").doesNotContain("\tat ");
        }
    }

    @Test
    void holdsAndReleasesByName() {
        assertThat(typed("hold quay/door --reason hands").out()).isEqualTo("quay/door is held.\n");
        assertThat(typed("status").out()).contains("held     quay/door by http: hands");
        assertThat(typed("hold quay/door --release").out()).isEqualTo("quay/door is released.\n");
        assertThat(typed("hold quay/door --release").out()).isEqualTo("quay/door was not held.\n");

        Typed unknown = typed("hold quay/window");
        assertThat(unknown.code()).isEqualTo(Exit.REFUSED);
        assertThat(unknown.err()).contains("no asset \"quay/window\" is declared");
    }

    @Test
    void verifyEndsWithTheCodeOfWhatItFound() throws IOException {
        Typed well = typed("verify quay");
        assertThat(well.code()).as(well.err()).isEqualTo(Exit.WELL);
        assertThat(well.out()).contains("+ verify:quay/door:knock", " is complete: ", "Its receipt is in ");

        Typed broken = typed("verify quay,pier --json");
        assertThat(broken.code()).as(broken.err()).isEqualTo(Exit.INCOMPLETE);
        assertThat(new ObjectMapper().readTree(broken.out()).path("result").asText())
                .isEqualTo("incomplete");
        assertThat(typed("status").out()).contains("last run pier+quay-", ", incomplete: verify");
    }

    @Test
    void runIsADryRunAndExecutesOnlyWhenTheScopeIsRepeated() throws IOException {
        Typed dry = typed("run quay --mode verify");
        assertThat(dry.code()).isEqualTo(Exit.WELL);
        assertThat(dry.out()).startsWith("plan of quay: verify\ndry run,");
        assertThat(new ObjectMapper()
                        .readTree(typed("run quay --mode verify --json").out())
                        .path("execute")
                        .asBoolean(true))
                .isFalse();

        Typed unrepeated = typed("run quay --mode verify --execute");
        assertThat(unrepeated.code()).isEqualTo(Exit.REFUSED);
        assertThat(unrepeated.err()).contains("repeat the scope", "Nothing was changed.");
        assertThat(typed("run kwai --mode verify").err()).contains("no site \"kwai\"");
    }

    @Test
    void watchFollowsOrShowsHowARunEnded() {
        Typed begun = typed("run quay --mode verify --execute --confirm quay --no-watch");
        assertThat(begun.code()).as(begun.err()).isEqualTo(Exit.WELL);
        assertThat(begun.out()).startsWith("Run quay-").contains("follow it with: ");
        String run = begun.out().split(" ", -1)[1];

        Typed watched = typed("watch " + run);
        assertThat(watched.code()).as(watched.err()).isEqualTo(Exit.WELL);
        assertThat(watched.out()).contains("+ verify:quay/door:knock", "Run " + run + " is complete");
        assertThat(typed("watch").out())
                .isEqualTo("No run is open.\npier: no outage was seen\nquay: no outage was seen\n");

        Typed unknown = typed("watch none");
        assertThat(unknown.code()).isEqualTo(Exit.REFUSED);
        assertThat(unknown.err()).contains("no run \"none\"").doesNotContain("\tat ");
    }

    /** R33: what a person says about a step is refused with a reason, or taken. */
    @Test
    void stepNeedsARunThatIsOpenExactlyOneWordAndAReason() {
        Typed unknown = typed("step none verify:quay/door:knock --skip --reason why");
        assertThat(unknown.code()).isEqualTo(Exit.REFUSED);
        assertThat(unknown.err()).contains("no run \"none\" is open", "Nothing was changed.");

        String run = typed("run quay --mode verify --execute --confirm quay --no-watch")
                .out()
                .split(" ", -1)[1];
        typed("watch " + run);
        assertThat(typed("step " + run + " verify:quay/door:knock --retry --reason why")
                        .err())
                .contains("has its receipt");

        for (String wrong : new String[] {"--skip --retry --reason why", "--reason why", "--skip"}) {
            assertThat(typed("step none verify:quay/door:knock " + wrong).code())
                    .as(wrong)
                    .isEqualTo(2);
        }
    }

    @Test
    void aSecondServiceAndALocalRunAreRefusedWhileThisOneServes() {
        for (String line : new String[] {"serve", "run quay --mode verify --local --execute --confirm quay"}) {
            Typed typed = typed(line);
            assertThat(typed.code()).as(line).isEqualTo(Exit.REFUSED);
            assertThat(typed.err()).as(line).contains("Nothing was changed.").doesNotContain("\tat ");
        }
    }

    @Test
    void aTokenOfAnotherInstallationIsExplained() throws IOException {
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("token"), "another\n");
        Path other = Files.writeString(
                folder.resolve("other.properties"), Files.readString(config) + "\nridethrough.home = elsewhere\n");

        for (String line : new String[] {"status", "watch", "verify quay", "arm quay", "hold quay/door"}) {
            Typed typed = Typed.of(Stream.concat(Arrays.stream(line.split(" ")), Stream.of("--config", other))
                    .toArray());
            assertThat(typed.code()).as(line).isEqualTo(Exit.REFUSED);
            assertThat(typed.err()).as(line).contains("another installation").doesNotContain("\tat ");
        }
    }

    private static Typed typed(String line) {
        return Typed.of(Stream.concat(Arrays.stream(line.split(" ")), Stream.of("--config", config))
                .toArray());
    }
}
