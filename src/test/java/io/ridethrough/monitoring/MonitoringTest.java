package io.ridethrough.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Site;
import io.ridethrough.contract.SiteId;
import io.ridethrough.contract.load.ContractLoader;
import io.ridethrough.contract.load.Loaded;
import io.ridethrough.contract.load.SourceFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Alert rules and dashboard of a site, judged by Prometheus' own tool. */
final class MonitoringTest {
    private static final SiteId HOME = new SiteId("home");

    @TempDir
    Path folder;

    @Test
    void theRulesOfEverySiteAreTakenByPrometheus() throws Exception {
        Contracts contracts = read(text -> text);
        for (Site site : contracts.sites().values()) {
            rules(contracts, site.id());
        }
        assertThat(promtool("check", "rules", "home.yaml", "shop.yaml"))
                .contains("Checking home.yaml", "Checking shop.yaml")
                .contains("SUCCESS: ")
                .doesNotContain("FAILED");
    }

    @Test
    void theyFireForWhatIsNotWellAndForNothingElse() throws Exception {
        rules(read(text -> text), HOME);
        for (String tests : List.of("home-test.yaml", "home-days-test.yaml")) {
            Files.copy(Path.of("src/test/resources/monitoring", tests), folder.resolve(tests));
            assertThat(promtool("test", "rules", tests)).contains("SUCCESS");
        }
    }

    /** What controls say is text, also where Prometheus and YAML have words of their own. */
    @Test
    void whatControlsSayIsNoTemplate() throws Exception {
        Contracts hostile = read(text -> text.replaceAll(
                "(?m)^( *)(title|why|remedy): \".*\"$",
                "$1$2: \"{{ template \\\\\"x\\\\\" }} {{ end }} ' # : \\\\n- alert: x\""));
        Path file = rules(hostile, HOME);

        assertThat(promtool("check", "rules", "home.yaml")).contains("SUCCESS").doesNotContain("FAILED");
        assertThat(Files.readString(file)).doesNotContainPattern("(?m)^- alert: x");
    }

    @Test
    void theDashboardNamesEveryAssetAndLeavesOtherSitesAlone() throws Exception {
        Contracts contracts = read(text -> text);
        Site home = contracts.sites().values().stream()
                .filter(site -> site.id().equals(HOME))
                .findFirst()
                .orElseThrow();
        JsonNode json = new ObjectMapper().readTree(Dashboard.of(home, "made"));

        assertThat(json.path("uid").asText()).isEqualTo("ridethrough-home");
        assertThat(json.path("templating")
                        .path("list")
                        .path(1)
                        .path("query")
                        .asText()
                        .split(",", -1))
                .containsExactlyInAnyOrder(
                        home.assets().stream().map(asset -> asset.id().name()).toArray(String[]::new));
        Set<Integer> ids = new HashSet<>();
        for (JsonNode panel : json.path("panels")) {
            assertThat(ids.add(panel.path("id").asInt())).isTrue();
            assertThat(panel.path("gridPos").path("x").asInt()
                            + panel.path("gridPos").path("w").asInt())
                    .isLessThanOrEqualTo(24);
            assertThat(panel.path("targets").path(0).path("expr").asText()).contains("{site=\"home\"");
        }
        assertThat(ids).hasSizeGreaterThan(6);
    }

    private Path rules(Contracts contracts, SiteId id) throws IOException {
        Site site = contracts.sites().values().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow();
        return Files.writeString(folder.resolve(id + ".yaml"), AlertRules.of(contracts, site, "made"));
    }

    private String promtool(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("promtool"));
        command.addAll(List.of(words));
        Path said = folder.resolve("said");
        Process tool = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        assertThat(tool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(tool.exitValue()).as(Files.readString(said)).isZero();
        return Files.readString(said);
    }

    /** The contracts as they are shipped, with a change in the standard. */
    private static Contracts read(UnaryOperator<String> standard) {
        Path root = Path.of("contracts");
        try (Stream<Path> below = Files.walk(root)) {
            List<SourceFile> files = new ArrayList<>();
            for (Path file : below.filter(Files::isRegularFile).sorted().toList()) {
                String path = root.relativize(file).toString();
                String text = Files.readString(file);
                files.add(new SourceFile(
                        path,
                        (path.startsWith("standard/") ? standard.apply(text) : text).getBytes(StandardCharsets.UTF_8)));
            }
            Loaded loaded = new ContractLoader().load(files);
            assertThat(loaded.render()).isEmpty();
            return ((Loaded.Ok) loaded).contracts();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
