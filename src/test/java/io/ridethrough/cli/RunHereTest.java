package io.ridethrough.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code run --local} and the commands that need no service at all. */
class RunHereTest {
    @TempDir
    Path folder;

    private ServerSocket quay;
    private ServerSocket pier;
    private Path config;

    @BeforeEach
    void install() throws IOException {
        quay = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        pier = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        config = TwoSites.write(folder, 1, quay.getLocalPort(), pier.getLocalPort());
    }

    @AfterEach
    void leave() throws IOException {
        quay.close();
        pier.close();
    }

    @Test
    void runsToItsEndWithoutAServiceAndSaysWhereTheReceiptIs() {
        Typed typed = Typed.of(
                "run",
                "quay,pier",
                "--mode",
                "verify",
                "--local",
                "--execute",
                "--confirm",
                "quay,pier",
                "--config",
                config);

        assertThat(typed.code()).as(typed.err()).isEqualTo(Exit.WELL);
        assertThat(typed.out())
                .contains("+ verify:quay/door:knock", "+ verify:pier/door:knock", "accepts connections")
                .contains(" is complete: ", "2 steps, 0 not well, 0 forced.")
                .contains("Its receipt is in " + folder.resolve(".ridethrough/journal.db"))
                .doesNotContain("\033");
    }

    @Test
    void endsWithItsOwnCodeWhenNotAllIsWell() throws IOException {
        pier.close();

        Typed typed = Typed.of(
                "run",
                "pier",
                "--mode",
                "verify",
                "--local",
                "--execute",
                "--confirm",
                "pier",
                "--json",
                "--config",
                config);

        assertThat(typed.code()).as(typed.err()).isEqualTo(Exit.INCOMPLETE);
        JsonNode receipt = new ObjectMapper().readTree(typed.out());
        assertThat(receipt.path("result").asText()).isEqualTo("incomplete");
        assertThat(receipt.path("steps").path(0).path("outcome").asText()).isEqualTo("Failed");
    }

    @Test
    void isADryRunUnlessToldToExecute() throws IOException {
        Typed typed = Typed.of("run", "quay", "--mode", "verify", "--local", "--config", config);

        assertThat(typed.code()).as(typed.err()).isEqualTo(Exit.WELL);
        assertThat(typed.out()).startsWith("plan of quay: verify\ndry run,").doesNotContain("Run quay");
        assertThat(Files.exists(folder.resolve(".ridethrough/journal.lock"))).isTrue();
        assertThat(Typed.of("run", "quay", "--mode", "verify", "--local", "--config", config)
                        .code())
                .as("the journal was given back")
                .isEqualTo(Exit.WELL);
    }

    @Test
    void checkTellsWhatIsThereAndWhatIsAssumed() {
        Typed own = Typed.of("check", "--config", config);
        assertThat(own.code()).isEqualTo(Exit.WELL);
        assertThat(own.out()).contains("site pier: 0 nodes", "site quay: 0 nodes", "Well. 0 assumptions.");

        Typed shipped = Typed.of("check", "contracts", "--config", config);
        assertThat(shipped.code()).isEqualTo(Exit.WELL);
        assertThat(shipped.out()).contains("assumed: ", "cold start: site home comes up from nothing in ");
    }

    @Test
    void checkNamesTheCircleThatWouldKeepASiteDark() throws IOException {
        ChangedFolder contracts = ChangedFolder.of(
                        Path.of("src/test/resources/contracts/attic"), folder.resolve("circle"))
                .replace("sites/attic/nodes.yaml", "ssh: {host: 192.0.2.11}", "ssh: {host: pve1.attic.example}")
                .replace("sites/attic/guests.yaml", "onboot: true", "onboot: false");

        Typed checked = Typed.of("check", contracts.path(), "--config", config);

        assertThat(checked.out())
                .contains("warning: cold start: a circle stays dark until a person breaks it: "
                        + "attic/dns is started at pve1.attic.example, a name that attic/dns knows\n")
                .contains("warning: cold start: stays dark with it: attic/cameras, attic/media, attic/web");
    }

    @Test
    void planShowsTheSameAsTextAndAsJson() throws IOException {
        Typed text = Typed.of("plan", "pier", "--mode", "verify", "--config", config);
        Typed json = Typed.of("plan", "pier", "--mode", "verify", "--json", "--config", config);

        assertThat(text.code()).isEqualTo(Exit.WELL);
        assertThat(text.out()).startsWith("plan of pier: verify\n").contains("door:knock");
        assertThat(json.code()).isEqualTo(Exit.WELL);
        assertThat(new ObjectMapper().readTree(json.out()).path("scope").asText())
                .isEqualTo("pier");
        assertThat(folder.resolve(".ridethrough")).as("nothing was written").doesNotExist();
    }
}
