package io.ridethrough.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.SiteId;
import io.ridethrough.drill.Drill;
import io.ridethrough.drill.DrillBook;
import io.ridethrough.drill.DrillText;
import io.ridethrough.drill.Scenario;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drills of shipped contracts, and of contracts that cannot be saved, in the lab. */
final class RehearsalTest {
    private static final Path SHIPPED = Path.of("contracts");
    private static final double SPEED = 50;
    private static final int AT_ONCE = 4;

    @TempDir
    private Path folder;

    @Test
    void theShippedHomeSurvivesEveryScenarioAndItsRecordSaysWhatIsNotAsPromised() throws Exception {
        JsonNode record = drilled(SHIPPED, "home", List.of(Scenario.values()));

        assertThat(record.path("passed").asBoolean()).as(told(record)).isTrue();
        assertThat(record.path("whole").asBoolean()).isTrue();
        assertThat(scenario(record, "dead-battery").path("forecast-lost"))
                .as(told(record))
                .extracting(JsonNode::asText)
                .contains("home/nas");
        assertThat(told(record)).contains("the battery lasts 40:00", "Played 5 times as fast", "The drill has PASSED");
    }

    @Test
    void theShippedShopSurvivesAndNamesThePersonItNeeds() throws Exception {
        JsonNode record = drilled(SHIPPED, "shop", List.of(Scenario.HUNG_GUESTS, Scenario.LOST_NAS));

        assertThat(record.path("passed").asBoolean()).as(told(record)).isTrue();
        assertThat(record.path("whole").asBoolean()).isFalse();
        assertThat(scenario(record, "hung-guests").path("by-hand"))
                .extracting(JsonNode::asText)
                .containsExactly("shop/pve");
        assertThat(told(record)).contains("the site has no NAS", "It was not whole");
    }

    @Test
    @Tag("long")
    void theShippedShopSurvivesEveryScenario() throws Exception {
        JsonNode record = drilled(SHIPPED, "shop", List.of(Scenario.values()));

        assertThat(record.path("passed").asBoolean()).as(told(record)).isTrue();
        assertThat(record.path("whole").asBoolean()).isTrue();
    }

    /** R11: what is shed at 30 s is no shutdown; that comes at half of the battery, and all of it comes back. */
    @Test
    void aSiteThatShedsIsDrilledToTheEndOfItsShutdown() throws Exception {
        Path contracts = ChangedFolder.of(SHIPPED, folder.resolve("sheds"))
                .replace("sites/home/power.yaml", "runtime: 40m", "runtime: 12m")
                .replace(
                        "sites/home/power.yaml",
                        "policy:",
                        "shed:\n  - {id: comfort, guests: [homeassistant], after: 30s}\npolicy:\n  start: by-battery")
                .path();
        List<String> said = Collections.synchronizedList(new ArrayList<>());

        JsonNode record = drilled(contracts, "home", List.of(Scenario.NORMAL_OUTAGE), said::add);

        assertThat(record.path("passed").asBoolean()).as(told(record)).isTrue();
        assertThat(String.join("\n", said))
                .containsSubsequence(
                        ": comfort goes, the rest stays up", "the shutdown begins: ", "the startup begins: ");
    }

    @Test
    void contractsThatCannotBeSavedFailTheirDrillAndItSaysWhy() throws Exception {
        Path contracts = ChangedFolder.of(SHIPPED, folder.resolve("weak"))
                .replace("sites/home/power.yaml", "runtime: 40m", "runtime: 60s")
                .path();

        JsonNode record = drilled(contracts, "home", List.of(Scenario.NORMAL_OUTAGE));

        assertThat(record.path("passed").asBoolean()).as(told(record)).isFalse();
        assertThat(told(record))
                .containsPattern(
                        "FAIL .*home/nas lost its power.*the battery lasts [01]:[0-9]{2}, and all is down after")
                .contains("Would have been lost: home/", "The drill has FAILED");
    }

    private JsonNode drilled(Path declared, String site, List<Scenario> scenarios)
            throws IOException, InterruptedException {
        return drilled(declared, site, scenarios, said -> {});
    }

    private JsonNode drilled(Path declared, String site, List<Scenario> scenarios, Consumer<String> said)
            throws IOException, InterruptedException {
        Contracts contracts = new ContractFolder(declared).contracts();
        Settings settings = Settings.read(Path.of("application.properties"));
        Drill drill = new Rehearsal(contracts, settings, folder.resolve("lab"), SPEED)
                .drill(Objects.requireNonNull(contracts.sites().get(new SiteId(site))), scenarios, AT_ONCE, said);
        return new DrillBook(folder.resolve("rehearsals")).write(drill);
    }

    private static JsonNode scenario(JsonNode record, String name) {
        for (JsonNode one : record.path("scenarios")) {
            if (one.path("scenario").asText().equals(name)) {
                return one;
            }
        }
        throw new AssertionError(name + " was not played: " + record);
    }

    private static String told(JsonNode record) {
        return String.join("\n", DrillText.lines(record));
    }
}
