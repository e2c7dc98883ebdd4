package io.ridethrough.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.contract.SiteId;
import io.ridethrough.journal.Journal;
import io.ridethrough.journal.SqliteJournal;
import io.ridethrough.realparts.Moment;
import io.ridethrough.realparts.Until;
import io.ridethrough.run.Standing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Several ways to wake a node, on real hosts and a real broker, with the whole product at ten times the speed: packets
 * that wake nobody, a helper without the tool, and one that has it.
 */
@Timeout(180)
class WakeWaysOnRealHostsTest {
    private static final double SPEED = 10;

    /** What {@code wakeonlan -i address -p port mac...} does, by the shell's own UDP. */
    static final String[] WAKEONLAN = {
        "note wakeonlan \"$@\"",
        "to=$2; port=$4; shift 4",
        "for mac in \"$@\"; do",
        "  bytes='\\xff\\xff\\xff\\xff\\xff\\xff'; one=$(printf '\\\\x%s' $(echo \"$mac\" | tr : ' '))",
        "  for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16; do bytes=$bytes$one; done",
        "  MAGIC=$bytes bash -c 'printf \"$MAGIC\" > \"/dev/udp/$0/$1\"' \"$to\" \"$port\"",
        "done"
    };

    @TempDir
    Path folder;

    private Harbour harbour;
    private Path home;
    private Path contracts;
    private Service service;
    private @Nullable Journal written;

    @BeforeEach
    void start() throws IOException {
        harbour = new Harbour(folder.resolve("hosts"));
        harbour.host("pier").ssh().command("wakeonlan", WAKEONLAN);
        contracts = Files.createDirectories(folder.resolve("contracts"));
        harbour.sites.harbour(contracts, "outage-hold: 10s, return-hold: 20s", "on-change");
        Path power = contracts.resolve("sites/harbour/power.yaml");
        String packet = "{wake-on-lan: {macs: [\"@mac@\"], broadcast: 127.0.0.1, port: " + harbour.ear.port();
        String right = packet.replace("@mac@", HarbourSites.mac("crane"));
        Files.writeString(
                power,
                Files.readString(power)
                        .replace(
                                right + "}}",
                                packet.replace("@mac@", "02:00:5e:99:00:01") + "}}, " + right + ", from: silo}}, "
                                        + right + ", from: pier}}"));
        home = Files.createDirectories(folder.resolve("home"));
        harbour.introduceTo(home);
        mains();
        harbour.broker.retain("ups/harbour/battery.charge", "90");
        service = live();
        service.standing.ready(new SiteId("harbour"), Standing.Readiness.ARMED, "test");
    }

    @AfterEach
    void stop() {
        service.close();
        harbour.close();
    }

    @Test
    void theFirstWayFailsTheHelperWakesItAndARestartInBetweenSkipsNothing() throws IOException {
        harbour.broker.retain("ups/harbour/ups.status", "OB DISCHRG");
        assertThat(receipt("shutdown").path("result").asText()).isEqualTo("complete");
        mains();
        Until.holds(() -> journal().contains("02:00:5e:99:00:01 to"), Duration.ofSeconds(60), this::journal);

        service.close();
        service = live();

        JsonNode up = receipt("startup");
        assertThat(up.path("result").asText()).as(up.toPrettyString()).isEqualTo("complete");
        assertThat(harbour.host("pier").log().stream().map(Moment::what).filter(what -> what.startsWith("wakeonlan")))
                .as("sent by the helper, once")
                .hasSize(1);
        assertThat(journal()).containsOnlyOnce("02:00:5e:99:00:01 to").contains("wakeonlan is not installed");
    }

    private Service live() throws IOException {
        return HarbourService.start(home, contracts, SPEED, (at, clock) -> {
            written = SqliteJournal.openOrSetAside(at, clock, Standing.salvage());
            return written;
        });
    }

    private void mains() {
        harbour.broker.retain("ups/harbour/ups.status", "OL CHRG");
    }

    private JsonNode receipt(String phase) {
        return new ClosedRuns(service.client(), () -> harbour.log().toString()).receipt("harbour", phase);
    }

    /** All that was intended and answered so far. */
    private String journal() {
        return Objects.requireNonNull(written).ofKinds("intention", "answered").stream()
                .map(entry -> entry.body().toString())
                .collect(Collectors.joining("\n"));
    }
}
