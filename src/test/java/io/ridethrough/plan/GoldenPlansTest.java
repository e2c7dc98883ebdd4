package io.ridethrough.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Stack;
import io.ridethrough.contract.WakeWay;
import io.ridethrough.contract.load.ContractLoader;
import io.ridethrough.contract.load.Loaded;
import io.ridethrough.contract.load.SourceFile;
import io.ridethrough.receipt.CanonicalJson;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Plans as people read them, kept as text. {@code -Dgolden.update=true} writes them anew. */
final class GoldenPlansTest {
    private static final Path FOLDER = Path.of("src/test/resources/golden-plans");

    /** Two sites; one has everything, the other needs a guest of the first. */
    private static Contracts fixture() {
        FakeContracts sites = new FakeContracts();
        sites.device("attic/switch");
        sites.device("attic/radio");
        sites.nas("attic/store").through("attic/switch").takes(90, 180);
        sites.node("attic/metal").mounts("attic/store").through("attic/switch").takes(45, 90);
        sites.guest("attic/names", "attic/metal").alwaysStart().takes(10, 15);
        sites.guest("attic/hub", "attic/metal").needs("attic/radio").takes(90, 90);
        sites.guest("attic/app", "attic/metal").takes(40, 60);
        sites.guest("attic/lab", "attic/metal").noOnboot().takes(20, 20);
        sites.stack("attic/web", "attic/app").takes(15, 20);
        sites.stack("attic/db", "attic/app").stopBy(Stack.StopBy.COMPOSE_STOP).takes(15, 20);
        sites.nameService("attic/names")
                .excluded("attic/metal", 9000, "template")
                .guard("attic/metal")
                .probe("attic/app", "web")
                .probe("attic/names", "dns");
        sites.node("barn/metal").wokenByHand().takes(120, 360);
        sites.guest("barn/mirror", "barn/metal").needs("attic/app").takes(30, 60);
        sites.guest("barn/control", "barn/metal").takes(30, 60);
        return sites.orchestratorOn("barn/control").build();
    }

    @Test
    void aPowerShutdownOfOneSite() throws IOException {
        matches("fixture-attic-power", Plans.byPower(fixture(), "attic", Phase.SHUTDOWN));
    }

    @Test
    void aPlannedRunOfOneSiteThroughAllPhases() throws IOException {
        matches("fixture-attic-planned", Plans.planned(fixture(), "attic", Plans.downAndUp()));
    }

    @Test
    void aRunOfTwoSites() throws IOException {
        matches("fixture-both", Plans.planned(fixture(), "attic,barn", Phase.SHUTDOWN, Phase.STARTUP));
    }

    @Test
    void anAssetWithWhatDependsOnIt() throws IOException {
        matches("fixture-one-guest", Plans.planned(fixture(), "attic/app", Phase.SHUTDOWN, Phase.STARTUP));
    }

    /** R30: the orchestrator lives in a guest; its node and the NAS below go last, each told beforehand. */
    @Test
    void aShutdownThatTakesItsOwnOrchestratorDown() throws IOException {
        Plan plan = Plans.byPower(OwnChainTest.attic(WakeWay.By.MAINS), "attic", Phase.SHUTDOWN);

        matches("fixture-own-chain", plan);
        assertThat(PlanJson.of(plan).findValuesAsText("delay")).containsExactly("15.0", "310.0");
        assertThat(PlanJson.read(PlanJson.of(plan))).isEqualTo(plan);
    }

    @Test
    void theJsonViewHoldsTheSamePlan() throws IOException {
        Plan plan = Plans.planned(fixture(), "attic,barn", Phase.SHUTDOWN, Phase.VERIFY);

        JsonNode json = PlanJson.of(plan);

        assertThat(json.path("scope").asText()).isEqualTo("attic,barn");
        assertThat(json.path("refusal").asText()).contains("barn/control");
        assertThat(json.path("forecast").asLong())
                .isEqualTo(plan.forecast().takes().toSeconds());
        assertThat(json.path("steps")).hasSize(plan.steps().size());
        JsonNode first = json.path("steps").path(0);
        assertThat(first.path("step").asText())
                .isEqualTo(plan.steps().get(0).id().value());
        assertThat(first.path("verb").asText())
                .isEqualTo(plan.steps().get(0).verb().name());
        assertThat(first.has("expected-begin")).isTrue();
        assertThat(json.toString()).contains("\"probe\":\"dns\"");
    }

    /** R33: what the journal holds of a plan is the plan. */
    @Test
    void aPlanReadBackFromItsJsonIsTheSamePlan() throws IOException {
        List<Plan> plans = List.of(
                Plans.planned(fixture(), "attic,barn", Plans.downAndUp()),
                Plans.planned(fixture(), "attic/app", Phase.SHUTDOWN, Phase.STARTUP),
                Plans.byPower(fixture(), "attic", Phase.SHUTDOWN),
                Plans.planned(real(), "home,shop", Plans.downAndUp()));

        for (Plan plan : plans) {
            JsonNode stored = new ObjectMapper().readTree(CanonicalJson.write(PlanJson.of(plan)));
            assertThat(PlanJson.read(stored)).isEqualTo(plan);
        }
    }

    @Test
    void theRealSitesGoDownAndComeUpOnPower() throws IOException {
        Contracts contracts = real();
        for (String scope : List.of("shop", "home", "home,shop")) {
            String name = scope.replace(',', '-');
            matches(name + "-shutdown", Plans.byPower(contracts, scope, Phase.SHUTDOWN));
            matches(name + "-startup", Plans.byPower(contracts, scope, Phase.STARTUP));
        }
    }

    @Test
    void theRealSitesAreCheckedRecoveredAndVerified() throws IOException {
        matches("home-shop-checks", Plans.planned(real(), "home,shop", Phase.PRECHECK, Phase.RECOVERY, Phase.VERIFY));
    }

    /** The mission: the NAS of a site is the last to go down and the first to come up. */
    @Test
    void everyNasOfTheRealSitesIsLastDownAndFirstUp() throws IOException {
        Contracts contracts = real();
        contracts.sites().values().forEach(site -> site.nases().forEach(nas -> {
            String scope = site.id().value();
            List<String> down = Plans.steps(Plans.byPower(contracts, scope, Phase.SHUTDOWN));
            List<String> up = Plans.steps(Plans.byPower(contracts, scope, Phase.STARTUP));
            assertThat(down.get(down.size() - 2)).isEqualTo("shutdown:" + nas.id());
            assertThat(up).startsWith("startup:" + nas.id());
        }));
    }

    private static Contracts real() throws IOException {
        Path root = Path.of("contracts");
        List<SourceFile> files = new ArrayList<>();
        try (Stream<Path> found = Files.walk(root)) {
            for (Path file :
                    found.filter(path -> path.toString().endsWith(".yaml")).toList()) {
                String name = root.relativize(file).toString().replace(File.separatorChar, '/');
                files.add(new SourceFile(name, Files.readAllBytes(file)));
            }
        }
        Loaded loaded = new ContractLoader().load(files);
        assertThat(loaded).as(loaded.render()).isInstanceOf(Loaded.Ok.class);
        return ((Loaded.Ok) loaded).contracts();
    }

    private static void matches(String name, Plan plan) throws IOException {
        Path file = FOLDER.resolve(name + ".txt");
        String text = PlanText.render(plan);
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(FOLDER);
            Files.writeString(file, text, StandardCharsets.UTF_8);
        }
        assertThat(file).as("run with -Dgolden.update=true to write it").exists();
        assertThat(text).isEqualTo(Files.readString(file, StandardCharsets.UTF_8));
    }
}
