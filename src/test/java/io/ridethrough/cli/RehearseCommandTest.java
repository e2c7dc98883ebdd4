package io.ridethrough.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ridethrough.lab.AgentJar;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as people type it. */
final class RehearseCommandTest {
    @TempDir
    private Path folder;

    private Path config;

    @BeforeEach
    void install() throws IOException {
        config = Files.writeString(
                folder.resolve("settings.properties"),
                Files.readString(Path.of("application.properties")) + "\nridethrough.routes = "
                        + Path.of("routes").toAbsolutePath() + "\nridethrough.contracts = "
                        + Path.of("contracts").toAbsolutePath() + "\nridethrough.home = "
                        + folder.resolve("home") + "\n");
    }

    @Test
    void leavesNothingInTheHomeButTheRecordWhichCanBeShownAgain() throws Exception {
        String said = guarded("rehearse", "home", "--scenario", "short-flap", "--speed", "50");

        assertThat(said)
                .contains("nothing real is touched", "short-flap: the mains fail")
                .contains("An outage shorter than the hold of 1:00 commands nothing.", "The drill has PASSED")
                .contains("It was not whole")
                .endsWith(" rehearse home\n");
        try (var files = Files.walk(folder.resolve("home"))) {
            assertThat(files.filter(Files::isRegularFile))
                    .containsExactly(folder.resolve("home/rehearsals/0001-home.json"));
        }
        Typed again = Typed.of("rehearse", "home", "--last", "--config", config);
        assertThat(again.code()).as(again.err()).isEqualTo(Exit.WELL);
        assertThat(again.out()).contains("Drill 1 of home", "The drill has PASSED");
        JsonNode record = new ObjectMapper()
                .readTree(Typed.of("rehearse", "home", "--last", "--json", "--config", config)
                        .out());
        assertThat(record.path("refused-by-guard")).isEmpty();
        assertThat(record.path("scenarios").path(0).path("scenario").asText()).isEqualTo("short-flap");
    }

    @Test
    void namesWhatIsWrongWithWhatWasTyped() {
        assertThat(typed("kwai").err()).contains("no site \"kwai\"; declared are home, shop");
        assertThat(typed("home", "--scenario", "flood").err()).contains("normal-outage", "back-in-last-third");
        assertThat(typed("home", "--speed", "1000").err()).contains("1 to 200");
        assertThat(typed("home", "--at-once", "0").err()).contains("1 to 8");
        assertThat(typed("home", "--last").err())
                .contains("home was never rehearsed; do it with: ridethrough rehearse home");
        assertThat(folder.resolve("home")).doesNotExist();
    }

    private Typed typed(String... words) {
        List<Object> line = new ArrayList<>(List.of("rehearse"));
        line.addAll(List.of(words));
        line.addAll(List.of("--config", config));
        Typed typed = Typed.of(line.toArray());
        assertThat(typed.code()).as(String.join(" ", words)).isEqualTo(Exit.REFUSED);
        return typed;
    }

    /** In a process of its own, as only such a one can be guarded. */
    private String guarded(String... words) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                AgentJar.in(folder, Ridethrough.class.getName()).toString()));
        line.addAll(List.of(words));
        line.addAll(List.of("--config", config.toString()));
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).as(said).isTrue();
        assertThat(process.exitValue()).as(said).isEqualTo(Exit.WELL);
        return said;
    }
}
