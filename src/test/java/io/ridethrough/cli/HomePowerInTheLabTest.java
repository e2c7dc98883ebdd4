package io.ridethrough.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.SiteId;
import io.ridethrough.lab.LabWorld;
import io.ridethrough.lab.host.Fault;
import io.ridethrough.lab.host.Fault.Interface.How;
import io.ridethrough.realparts.Until;
import io.ridethrough.run.Standing;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Home Assistant as the one that tells of power, asked by the whole service over TLS (protocols 4; R4, R5). */
@Timeout(120)
final class HomePowerInTheLabTest {
    private static final AssetId WEB = AssetId.parse("attic/web");
    private static final AssetId UPS = AssetId.parse("attic/ups1");
    private static final SiteId ATTIC = new SiteId("attic");

    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private LabWithService lab;

    @BeforeEach
    void declare() throws IOException {
        Path contracts = ChangedFolder.of(Path.of("src/test/resources/contracts/attic"), folder.resolve("contracts"))
                .replace(
                        "sites/attic/home-assistant.yaml",
                        "none: no Home Assistant in the attic",
                        "home-assistant: {guest: web, url: \"https://192.0.2.20:8123\"}")
                .replace("sites/attic/power.yaml", """
                            mqtt:
                              broker: tcp://192.0.2.5:1883
                              secret: mqtt/attic
                              format: variables
                              topic: ups/attic/{variable}
                              publishes: every 5s
                        """, """
                            home-assistant:
                              entities: {status: sensor.ups_status_data, charge: sensor.ups_battery_charge}
                        """)
                .replace("sites/attic/power.yaml", "outage-hold: 60s", "outage-hold: 60s\n  single-witness-delay: 0s")
                .path();
        lab = new LabWithService(folder, contracts, 20);
    }

    @Test
    void anOutageThatHomeAssistantShowsTakesTheSiteDownAndASilentOneNever() throws Exception {
        try (LabWorld world = lab.world();
                Service service = lab.service(world)) {
            String by = "home-assistant";
            holds(service, () -> service.power.unready(ATTIC).isEmpty());
            assertThat(service.power.reading(UPS).source()).isEqualTo(by);
            assertThat(service.power.reading(UPS).charge()).hasValue(100);

            world.home(WEB).says("STARTING");
            holds(service, () -> service.power.unready(ATTIC).isPresent());
            assertThat(service.power.reading(UPS).status().tokens()).containsExactly("OL");
            world.home(WEB).says("RUNNING");
            holds(service, () -> service.power.unready(ATTIC).isEmpty());

            world.fault(WEB, new Fault.Interface(How.GONE));
            holds(service, () -> service.power.unready(ATTIC).isPresent());
            assertThat(service.runs.progress()).isEmpty();
            world.heal(WEB);
            holds(service, () -> service.power.unready(ATTIC).isEmpty());

            service.standing.ready(ATTIC, Standing.Readiness.ARMED, "test");
            world.ups(UPS).cut();
            holds(service, () -> !service.runs.progress().isEmpty());
            assertThat(service.power.reading(UPS).status().tokens()).contains("OB");
            assertThat(service.power.reading(UPS).source()).isEqualTo(by);
            holds(service, () -> !world.isRunning(WEB));
        }
    }

    /** Its second word of that is the second sample; nothing else tells of this UPS (R2). */
    @Test
    void aLowBatteryThatHomeAssistantShowsTwiceIsNotWaitedFor() throws Exception {
        try (LabWorld world = lab.world();
                Service service = lab.service(world)) {
            holds(service, () -> service.power.unready(ATTIC).isEmpty());
            service.standing.ready(ATTIC, Standing.Readiness.ARMED, "test");
            world.ups(UPS).setCharge(19);
            world.ups(UPS).cut();
            holds(service, () -> !service.runs.progress().isEmpty());

            assertThat(service.runs.progress().get(0).plan().intent().reason()).startsWith("critical");
            assertThat(service.power.reading(UPS).status().tokens()).contains("OB", "LB");
        }
    }

    private static void holds(Service service, BooleanSupplier what) {
        Until.holds(
                what, Duration.ofSeconds(60), () -> List.of(service.power.reading(UPS), service.power.unready(ATTIC))
                        .toString());
    }
}
