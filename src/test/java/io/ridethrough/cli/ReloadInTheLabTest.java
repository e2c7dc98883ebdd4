package io.ridethrough.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.SiteId;
import io.ridethrough.lab.LabWorld;
import io.ridethrough.lab.host.LabHost;
import io.ridethrough.realparts.Until;
import io.ridethrough.run.Standing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Contracts that change while the service runs, over its API and the lab's real sockets. */
@Timeout(240)
final class ReloadInTheLabTest {
    private static final double SPEED = 20;
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final SiteId ATTIC = new SiteId("attic");
    private static final SiteId MOLE = new SiteId("mole");
    private static final String SITE = "sites/attic/site.yaml";
    private static final String GUESTS = "sites/attic/guests.yaml";

    @TempDir
    Path folder;

    @Test
    void isLookedAtFirstAndTakenWholeOnceItsDigestIsRepeated() throws Exception {
        ChangedFolder contracts = QuickAttic.in(folder.resolve("contracts"));
        LabWithService lab = new LabWithService(folder, contracts.path(), SPEED);
        try (LabWorld world = lab.world();
                Service service = lab.service(world, settings(contracts))) {
            String before = service.contracts().digest();
            assertThat(reload(service, false, "").path("in-use").asText())
                    .isEqualTo(before)
                    .isEqualTo(reload(service, false, "").path("contracts").asText());

            contracts
                    .replace(SITE, "title: ", "title: Quite ")
                    .replace(GUESTS, "needs: [core, media]", "needs: [core]");
            JsonNode shown = reload(service, false, "");
            assertThat(shown.path("taken").asBoolean()).isFalse();
            assertThat(shown.path("sites").toString()).isEqualTo("[{\"site\":\"attic\",\"change\":\"changed\"}]");
            assertThat(shown.path("assets").toString())
                    .isEqualTo("[{\"asset\":\"attic/cameras\",\"change\":\"changed\"}]");
            assertThat(title(service)).doesNotStartWith("Quite");
            assertThat(plan(service)).contains("attic/cameras");

            assertThat(asked(service, true, "").status()).isEqualTo(422);
            ServiceClient.Answer other = asked(service, true, before);
            assertThat(other.status()).isEqualTo(409);
            assertThat(other.json().toString()).contains("by now, which nobody has looked at");

            JsonNode taken =
                    reload(service, true, shown.path("contracts").asText().substring(0, 12));
            assertThat(taken.path("taken").asBoolean()).isTrue();
            assertThat(title(service)).startsWith("Quite");
            assertThat(service.contracts().digest())
                    .isEqualTo(shown.path("contracts").asText());
            assertThat(plan(service)).doesNotContain("attic/cameras");
        }
    }

    @Test
    void aFolderThatIsNotValidIsRefusedWholeAndEveryMistakeNamed() throws Exception {
        ChangedFolder contracts = QuickAttic.in(folder.resolve("contracts"));
        LabWithService lab = new LabWithService(folder, contracts.path(), SPEED);
        try (LabWorld world = lab.world();
                Service service = lab.service(world, settings(contracts))) {
            String before = service.contracts().digest();
            contracts
                    .replace(SITE, "title: ", "title: Quite ")
                    .replace(GUESTS, "vmid: 102", "vmid: none")
                    .replace(GUESTS, "needs: [core, media]", "needs: [core, nobody]");

            for (boolean execute : List.of(false, true)) {
                ServiceClient.Answer refused = asked(service, execute, before);
                assertThat(refused.status()).isEqualTo(422);
                assertThat(refused.json().path("errors").toString())
                        .contains("sites/attic/guests.yaml:", "none", "nobody");
            }
            assertThat(title(service)).doesNotStartWith("Quite");
            assertThat(service.contracts().digest()).isEqualTo(before);
        }
    }

    @Test
    void aSiteInTheHandsOfARunGoesOnAsPlannedAndIsTakenOnceThatHasEnded() throws Exception {
        ChangedFolder contracts = QuickAttic.in(folder.resolve("contracts"));
        LabWithService lab = new LabWithService(folder, contracts.path(), SPEED);
        try (LabWorld world = lab.world();
                Service service = lab.service(world, settings(contracts))) {
            Until.holds(() -> service.power.unready(ATTIC).isEmpty(), SOON, () -> "the power is known and good");
            String planned = service.contracts().digest();
            String run = shutDown(service, "attic");
            contracts.replace(SITE, "title: ", "title: Quite ");

            JsonNode shown = reload(service, false, "");
            assertThat(shown.path("waiting").toString()).isEqualTo("[{\"site\":\"attic\",\"run\":\"" + run + "\"}]");
            String folderHolds = shown.path("contracts").asText();
            assertThat(reload(service, true, folderHolds).path("sites")).isEmpty();
            assertThat(service.contracts().digestOf(ATTIC)).isEqualTo(planned);
            assertThat(title(service)).doesNotStartWith("Quite");
            service.catchUp();
            assertThat(title(service)).as("while the run is open").doesNotStartWith("Quite");

            Until.holds(() -> service.openRuns().isEmpty(), SOON, () -> "the run ends");
            JsonNode receipt = service.client().get("runs/" + run).json();
            assertThat(receipt.path("result").asText()).isEqualTo("complete");
            assertThat(receipt.path("contracts").asText()).isEqualTo(planned);
            service.catchUp();
            assertThat(title(service)).startsWith("Quite");
            assertThat(service.contracts().digest()).isEqualTo(folderHolds);
        }
    }

    @Test
    void aNewSiteIsANewFolderAndIsTakenThroughAnOutageWithoutAnyRestart() throws Exception {
        ChangedFolder contracts =
                ChangedFolder.of(Path.of("src/test/resources/contracts/coast"), folder.resolve("contracts"));
        LabWithService lab = new LabWithService(folder, contracts.path(), SPEED);
        Path mole = contracts.path().resolve("sites/mole");
        Path aside = folder.resolve("mole");
        try (LabWorld world = lab.world()) {
            Files.move(mole, aside);
            try (Service service = lab.service(world, settings(contracts))) {
                assertThat(sites(service)).containsExactly("harbour", "light");
                Files.move(aside, mole);

                JsonNode shown = reload(service, false, "");
                assertThat(shown.path("sites").toString()).isEqualTo("[{\"site\":\"mole\",\"change\":\"added\"}]");
                assertThat(reload(service, true, shown.path("contracts").asText())
                                .path("taken")
                                .asBoolean())
                        .isTrue();
                assertThat(sites(service)).containsExactly("harbour", "light", "mole");
                Until.holds(
                        () -> service.power.unready(MOLE).isEmpty(),
                        SOON,
                        () -> "its UPS is heard: " + service.power.report(MOLE));

                service.standing.ready(MOLE, Standing.Readiness.ARMED, "test");
                world.ups(AssetId.parse("mole/mole-ups")).cut();
                Until.holds(
                        () -> Stream.of("mole/east", "mole/west", "mole/mole-nas")
                                .allMatch(host -> world.power(AssetId.parse(host)) == LabHost.State.OFF),
                        SOON,
                        () -> service.client().get("runs").json().toPrettyString());
                assertThat(world.violations()).isEmpty();

                try (Stream<Path> files = Files.walk(mole)) {
                    for (Path each :
                            files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                        Files.delete(each);
                    }
                }
                Until.holds(() -> service.openRuns().isEmpty(), SOON, () -> "the run ends");
                shown = reload(service, false, "");
                assertThat(shown.path("sites").toString()).isEqualTo("[{\"site\":\"mole\",\"change\":\"removed\"}]");
                assertThat(reload(service, true, shown.path("contracts").asText())
                                .path("taken")
                                .asBoolean())
                        .isTrue();
                assertThat(sites(service)).containsExactly("harbour", "light");
                assertThat(service.client().get("health").json().toString()).doesNotContain("mole/");
            }
        }
    }

    private static Settings settings(ChangedFolder contracts) {
        return Settings.read(Path.of("application.properties"))
                .with("ridethrough.contracts", contracts.path().toAbsolutePath().toString())
                .with("ridethrough.power.tick", "50");
    }

    private static ServiceClient.Answer asked(Service service, boolean execute, String confirm) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("execute", execute);
        return service.client().post("contracts/reload", body.put("confirm", confirm));
    }

    private static JsonNode reload(Service service, boolean execute, String confirm) {
        ServiceClient.Answer answer = asked(service, execute, confirm);
        assertThat(answer.status()).as(answer.json().toString()).isEqualTo(200);
        return answer.json();
    }

    private static List<String> sites(Service service) {
        JsonNode sites = service.client().get("sites").json().path("sites");
        return sites.findValuesAsText("site");
    }

    private static String title(Service service) {
        return service.client()
                .get("sites")
                .json()
                .path("sites")
                .path(0)
                .path("title")
                .asText();
    }

    private static String plan(Service service) {
        return service.client()
                .post(
                        "runs",
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("scope", "attic/media")
                                .put("mode", "shutdown"))
                .json()
                .toString();
    }

    private static String shutDown(Service service, String site) throws IOException {
        ServiceClient.Answer answer = service.client()
                .post(
                        "runs",
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("scope", site)
                                .put("mode", "shutdown")
                                .put("execute", true)
                                .put("confirm", site));
        assertThat(answer.status()).as(answer.json().toString()).isEqualTo(202);
        return answer.json().path("run").asText();
    }
}
