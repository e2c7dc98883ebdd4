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
            JsonNode first = reload(service, false, "");
            assertThat(first.path("same").asBoolean()).isTrue();
            String before = first.path("folder").asText();

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
            assertThat(other.json().toString()).contains("which nobody has looked at");

            JsonNode taken = reload(service, true, shown.path("folder").asText().substring(0, 12));
            assertThat(taken.path("taken").asBoolean()).isTrue();
            assertThat(title(service)).startsWith("Quite");
            assertThat(service.contracts().digest()).isEqualTo(lab.declared().digest());
            assertThat(reload(service, false, "").path("same").asBoolean()).isTrue();
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
                ServiceClient.Answer refused = asked(service, execute, "0123456789ab");
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
            String run = shutDown(service, "attic/media");
            contracts
                    .replace(SITE, "title: ", "title: Quite ")
                    .replace("policy.yaml", "title: Sunday look", "title: Another look");

            JsonNode shown = reload(service, false, "");
            assertThat(shown.path("shared").asBoolean())
                    .as("the run goes on by the policy it was planned with")
                    .isFalse();
            assertThat(shown.path("waiting").toString()).isEqualTo("[{\"site\":\"attic\",\"run\":\"" + run + "\"}]");
            String folderHolds = shown.path("folder").asText();
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
            assertThat(service.contracts().policy().windows().get(0).title()).isEqualTo("Another look");
            assertThat(service.contracts().digest()).isEqualTo(lab.declared().digest());
        }
    }

    @Test
    void whatWasTakenBesideARunIsNotFollowedByWhatNobodyLookedAtAndTheStandardCounts() throws Exception {
        ChangedFolder contracts = QuickAttic.in(folder.resolve("contracts"));
        var unused =
                ChangedFolder.of(Path.of("contracts/standard"), contracts.path().resolve("standard"));
        LabWithService lab = new LabWithService(folder, contracts.path(), SPEED);
        try (LabWorld world = lab.world();
                Service service = lab.service(world, settings(contracts))) {
            Until.holds(() -> service.power.unready(ATTIC).isEmpty(), SOON, () -> "the power is known and good");
            int controls = service.contracts().standard().controls().size();
            assertThat(controls).isPositive();
            String run = shutDown(service, "attic/media");
            contracts.replace(SITE, "title: ", "title: Quite ");
            reload(service, true, reload(service, false, "").path("folder").asText());
            assertThat(service.contracts().standard().controls()).hasSize(controls);

            contracts.replace(SITE, "title: Quite", "title: Not at all");
            Until.holds(() -> service.openRuns().isEmpty(), SOON, () -> "the run " + run + " ends");
            service.catchUp();
            assertThat(title(service)).doesNotStartWith("Quite").doesNotStartWith("Not at all");
            assertThat(reload(
                                    service,
                                    true,
                                    reload(service, false, "").path("folder").asText())
                            .path("taken")
                            .asBoolean())
                    .isTrue();
            assertThat(title(service)).startsWith("Not at all");
        }
    }

    @Test
    void powerThatIsDeclaredOtherwiseIsTakenOnMainsAndNotInAnOutageAndWindowsFollow() throws Exception {
        ChangedFolder contracts = QuickAttic.in(folder.resolve("contracts"));
        LabWithService lab = new LabWithService(folder, contracts.path(), SPEED);
        try (LabWorld world = lab.world();
                Service service = lab.service(world, settings(contracts))) {
            Until.holds(() -> service.power.unready(ATTIC).isEmpty(), SOON, () -> "the power is known and good");
            world.ups(AssetId.parse("attic/ups1")).cut();
            Until.holds(() -> service.power.unready(ATTIC).isPresent(), SOON, () -> service.power.report(ATTIC));
            contracts.replace("sites/attic/power.yaml", "outage-hold: ", "outage-hold: 1");
            String folderHolds = reload(service, false, "").path("folder").asText();
            ServiceClient.Answer refused = asked(service, true, folderHolds);
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.json().toString()).contains("the power of [attic] is declared otherwise");

            world.ups(AssetId.parse("attic/ups1")).restore();
            Until.holds(
                    () -> asked(service, true, folderHolds).status() == 200, SOON, () -> service.power.report(ATTIC));
            Until.holds(() -> service.power.unready(ATTIC).isEmpty(), SOON, () -> service.power.report(ATTIC));

            Files.writeString(
                    contracts.path().resolve("policy.yaml"),
                    "windows: [{id: each-second, title: each second, cron: \"* * * * * ?\", zone: UTC, lasts: 1m,"
                            + " sites: [attic], phases: [verify]}]\n"
                            + "checks: {attempts: 1, timeout: 2s, back-off: 1s}\n");
            reload(service, true, reload(service, false, "").path("folder").asText());
            Until.holds(
                    () -> service.client().get("sites").json().toString().contains("not armed: [attic]"),
                    SOON,
                    () -> service.client().get("sites").json().toPrettyString());
            assertThat(service.client().get("sites").json().findValuesAsText("window"))
                    .containsExactly("each-second");
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
                assertThat(reload(service, true, shown.path("folder").asText())
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

                Until.holds(() -> service.openRuns().isEmpty(), SOON, () -> "the run ends");
                Files.move(mole, aside);
                ServiceClient.Answer dark = asked(
                        service, true, reload(service, false, "").path("folder").asText());
                assertThat(dark.status())
                        .as("a site that is dark is not let go of")
                        .isEqualTo(409);
                Files.move(aside, mole);

                Files.move(contracts.path().resolve("sites/light"), aside);
                shown = reload(service, false, "");
                assertThat(shown.path("sites").toString()).isEqualTo("[{\"site\":\"light\",\"change\":\"removed\"}]");
                assertThat(reload(service, true, shown.path("folder").asText())
                                .path("taken")
                                .asBoolean())
                        .isTrue();
                assertThat(sites(service)).containsExactly("harbour", "mole");
                assertThat(service.client().get("health").json().toString())
                        .contains("mole/")
                        .doesNotContain("light/");
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
