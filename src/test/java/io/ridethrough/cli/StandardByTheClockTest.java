package io.ridethrough.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Site;
import io.ridethrough.lab.LabWorld;
import io.ridethrough.lab.host.Condition;
import io.ridethrough.monitoring.AlertRules;
import io.ridethrough.monitoring.Dashboard;
import io.ridethrough.realparts.Until;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The standard is evaluated without anybody asking, and what was found is there for monitors. */
class StandardByTheClockTest {
    private static final AssetId NODE = AssetId.parse("attic/pve1");

    @TempDir
    Path folder;

    @Test
    void isKeptForMonitorsPerAsset() throws Exception {
        Path contracts = ChangedFolder.of(Path.of("src/test/resources/contracts/attic"), folder.resolve("contracts"))
                .path();
        Files.createDirectories(contracts.resolve("standard"));
        Files.copy(Path.of("contracts/standard/host.yaml"), contracts.resolve("standard/host.yaml"));
        Files.writeString(contracts.resolve("standard/packs.yaml"), """
                packs:
                  - {id: nodes, title: Nodes, domains: [host], cron: "* * * * * ?"}
                  - {id: after, title: After a startup, controls: [scheduler-runs], after-startup: true}
                """);
        LabWithService lab = new LabWithService(folder, contracts, 4);
        Settings settings =
                Settings.read(Path.of("application.properties")).with("ridethrough.standard", "* * * * * ?");
        try (LabWorld world = lab.world();
                Service service = lab.service(world, settings)) {
            Until.holds(
                    () -> metrics(service).contains(metric("holds")), Duration.ofSeconds(30), () -> metrics(service));

            world.amiss(NODE, Condition.SCHEDULER_STOPPED, true);
            Until.holds(
                    () -> metrics(service).contains(metric("broken")), Duration.ofSeconds(30), () -> metrics(service));

            assertThat(metrics(service))
                    .as("what it was before is gone")
                    .doesNotContain(metric("holds"))
                    .contains("ridethrough_standard_score_ratio{domain=\"host\",site=\"attic\"} 0.")
                    .contains("ridethrough_standard_evaluated_timestamp_seconds{site=\"attic\"} ")
                    .contains("ridethrough_target_breaker_state{");
            Contracts declared = lab.declared();
            for (Site site : declared.sites().values()) {
                assertThat(selected(AlertRules.of(declared, site, "made") + Dashboard.of(site, "made")))
                        .as("alert rules and dashboard name what is told, by the labels it has")
                        .hasSizeGreaterThan(8)
                        .isSubsetOf(told(metrics(service)));
            }
            assertThat(service.client()
                            .get("health")
                            .json()
                            .path("standard")
                            .path(0)
                            .path("counts")
                            .path("broken")
                            .asInt())
                    .isEqualTo(1);
            Until.holds(
                    () -> leftBy(service).contains("nodes by the clock"), Duration.ofSeconds(30), () -> leftBy(service)
                            .toString());
            Until.holds(
                    () -> service.power.unready(NODE.site()).isEmpty(),
                    Duration.ofSeconds(60),
                    () -> "power is known and good");
            String run = service.client()
                    .post(
                            "runs",
                            JsonNodeFactory.instance
                                    .objectNode()
                                    .put("scope", "attic")
                                    .put("mode", "startup")
                                    .put("execute", true)
                                    .put("confirm", "attic"))
                    .orRefusal()
                    .path("run")
                    .asText();
            Until.holds(
                    () -> leftBy(service).contains("after by the startup of run " + run),
                    Duration.ofSeconds(60),
                    () -> leftBy(service).toString());
        }
    }

    /** The packs that were evaluated, and by what. */
    private static Set<String> leftBy(Service service) {
        return ReceiptSource.served(service.client()).stream()
                .filter(receipt -> receipt.has("pack"))
                .map(receipt -> receipt.path("pack").asText() + " by "
                        + receipt.path("by").asText())
                .collect(Collectors.toSet());
    }

    /** What PromQL selects, as {@code name label}; texts within double quotes are left out. */
    private static Set<String> selected(String queries) {
        return pairs(queries.replace("\\\"", "\""), "(ridethrough_\\w+)\\{([^}]*)}", "(\\w+)[=!]=?~?\"[^\"]*\"");
    }

    private static Set<String> told(String metrics) {
        return pairs(metrics, "(?m)^(ridethrough_\\w+)\\{([^}]*)}", "(\\w+)=\"[^\"]*\"");
    }

    private static Set<String> pairs(String text, String series, String label) {
        Set<String> pairs = new TreeSet<>();
        Matcher found = Pattern.compile(series).matcher(text);
        while (found.find()) {
            Matcher labels = Pattern.compile(label).matcher(found.group(2));
            while (labels.find()) {
                pairs.add(found.group(1) + " " + labels.group(1));
            }
        }
        return pairs;
    }

    private static String metric(String finding) {
        return "ridethrough_standard_finding{asset=\"pve1\",control=\"scheduler-runs\",finding=\"" + finding
                + "\",severity=\"critical\",site=\"attic\"} 1";
    }

    private String metrics(Service service) {
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(service.address() + "/api/v1/metrics"))
                                    .header(
                                            "Authorization",
                                            "Bearer "
                                                    + Home.at(folder.resolve("home"))
                                                            .token())
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            return e.toString();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return e.toString();
        }
    }
}
