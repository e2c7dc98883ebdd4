package io.ridethrough.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.journal.SqliteJournal;
import io.ridethrough.lab.net.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person can get wrong at the command line is told in a line or two, with what to do; never as a stack trace. */
class MistakesTest {
    @TempDir
    Path folder;

    private Path config = Path.of("unset");
    private int port;

    @BeforeEach
    void installWithoutEverStarting() throws IOException {
        port = FreePort.onLoopback();
        config = TwoSites.write(folder, port, port, port);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--nope",
                "nonsense",
                "serve --nope",
                "check a b",
                "plan",
                "plan quay --nope",
                "run",
                "run quay",
                "run --mode verify",
                "run quay --mode verify --local --no-watch",
                "status extra",
                "watch a b",
                "verify",
                "arm",
                "arm quay pier",
                "hold",
                "lab --speed fast",
                "lab extra"
            })
    void anUnclearCommandLineNamesItsMistakeAndWhereHelpIs(String line) {
        Typed typed = Typed.of((Object[]) line.split(" "));

        assertThat(typed.code()).isEqualTo(Exit.USAGE);
        assertThat(typed.out()).isEmpty();
        assertThat(typed.err()).contains("--help").doesNotContain("\tat ", "Exception");
        assertThat(typed.err().lines().count()).isBetween(2L, 4L);
    }

    @Test
    void noCommandAtAllNamesThemAll() {
        Typed typed = Typed.of("--help");

        assertThat(typed.code()).isEqualTo(Exit.WELL);
        assertThat(typed.out())
                .contains("serve", "check", "plan", "run", "status", "watch", "verify", "arm", "hold", "lab")
                .contains("Exit codes:", "5   the program itself broke");
        assertThat(typed.out().lines()).allMatch(text -> text.length() <= 80);
        assertThat(Typed.of().code()).isEqualTo(Exit.USAGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "watch", "verify quay", "arm quay", "hold quay/door", "run quay --mode verify"})
    void whatNeedsAServiceSaysHowToStartOneAndLeavesNothingBehind(String line) throws IOException {
        Typed never = typed(line);
        assertThat(never.code()).isEqualTo(Exit.NO_SERVICE);
        assertThat(never.err())
                .hasLineCount(1)
                .contains("no service has started here yet", "start it with: ", " serve\n");
        assertThat(folder.resolve(".ridethrough")).doesNotExist();

        Files.createDirectories(folder.resolve(".ridethrough"));
        Files.writeString(folder.resolve(".ridethrough/token"), "secret\n");
        Typed down = typed(line);
        assertThat(down.code()).isEqualTo(Exit.NO_SERVICE);
        assertThat(down.err()).hasLineCount(1).contains("127.0.0.1:" + port, " serve\n");
        assertThat(down.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "serve",
                "run quay --mode verify --local",
                "run quay --mode verify --local --execute --confirm quay"
            })
    void aHeldJournalNamesItsHolderAndWhatToDo(String line) {
        try (SqliteJournal holder = SqliteJournal.open(folder.resolve(".ridethrough"), InstantSource.system())) {
            Typed typed = typed(line);

            assertThat(typed.code()).isEqualTo(Exit.REFUSED);
            assertThat(typed.err())
                    .contains(Long.toString(ProcessHandle.current().pid()), "Nothing was changed.")
                    .contains(line.equals("serve") ? "stop it first" : "without --local")
                    .doesNotContain("\tat ");
            assertThat(holder.receipts()).isEmpty();
        }
    }

    @Test
    void aTakenPortIsNamedAndTheServiceDoesNotStartWithoutItsApi() throws IOException {
        try (ServerSocket other = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            Typed typed = typed("serve");

            assertThat(typed.code()).isEqualTo(Exit.REFUSED);
            assertThat(typed.err())
                    .hasLineCount(1)
                    .contains("127.0.0.1:" + other.getLocalPort(), "ridethrough.http.host", "Nothing was changed.");
        }
    }

    @Test
    void settingsThatCannotBeUsedAreNamed() throws IOException {
        assertThat(Typed.of("status", "--config", folder.resolve("none")).err()).contains("no such file");
        Files.writeString(config, "\nridethrough.http.port = many\n", java.nio.file.StandardOpenOption.APPEND);
        for (String line : List.of("serve", "status")) {
            Files.createDirectories(folder.resolve(".ridethrough"));
            Files.writeString(folder.resolve(".ridethrough/token"), "secret\n");
            Typed typed = typed(line);
            assertThat(typed.code()).isEqualTo(Exit.REFUSED);
            assertThat(typed.err()).hasLineCount(1).contains("ridethrough.http.port", "\"many\"");
        }
    }

    @Test
    void brokenContractsAreToldWithTheirPlaceByEveryCommandThatReadsThem() throws IOException {
        Files.writeString(folder.resolve("contracts/sites/quay/network.yaml"), "devices:\n  - {idd: door}\n");
        for (String line : List.of("check", "plan quay", "serve", "run quay --mode verify --local", "lab")) {
            Typed typed = typed(line);
            assertThat(typed.code()).as(line).isEqualTo(Exit.REFUSED);
            assertThat(typed.out() + typed.err())
                    .as(line)
                    .contains("sites/quay/network.yaml:2:", "idd", "Nothing was changed.")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void aFolderThatIsNoneIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        for (Path at : List.of(folder.resolve("none"), file)) {
            for (String line : List.of("check " + at, "plan quay --contracts " + at, "lab --contracts " + at)) {
                Typed typed = typed(line);
                assertThat(typed.code()).as(line).isEqualTo(Exit.REFUSED);
                assertThat(typed.err()).as(line).hasLineCount(1).contains(at.toString(), "no such folder");
            }
        }
    }

    @Test
    void anUnknownSiteAssetOrModeNamesWhatThereIs() {
        assertThat(typed("plan kwai").err()).isEqualTo("no site \"kwai\"; declared are pier, quay\n");
        assertThat(typed("plan quay/nothing").err()).contains("no asset \"quay/nothing\"");
        assertThat(typed("plan quay --mode explode").err()).contains("precheck", "resume");
        assertThat(typed("lab --site kwai").err()).contains("declared are [pier, quay]");
        assertThat(typed("lab --speed 1000").err()).contains("1 to 200");
        assertThat(typed("run quay --mode verify --local --execute").err()).contains("repeat the scope");
        assertThat(Stream.of("plan kwai", "plan quay --mode explode", "lab --site kwai", "lab --speed 1000"))
                .allSatisfy(line -> assertThat(typed(line).code()).isEqualTo(Exit.REFUSED));
    }

    private Typed typed(String line) {
        return Typed.of(Stream.concat(Arrays.stream(line.split(" ")), Stream.of("--config", config))
                .toArray());
    }
}
