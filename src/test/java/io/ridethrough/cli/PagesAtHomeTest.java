package io.ridethrough.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.SiteId;
import io.ridethrough.lab.LabWorld;
import io.ridethrough.lab.host.Condition;
import io.ridethrough.realparts.Until;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A person types what README and the pages of the standard show, line by line and as it stands there, at the shipped
 * contracts in the lab. What takes a process of its own is typed by the tests of those commands.
 */
@Timeout(300)
final class PagesAtHomeTest {
    private static final double SPEED = 12;
    private static final Duration SOON = Duration.ofSeconds(90);
    private static final SiteId HOME = new SiteId("home");
    private static final AssetId NODE = AssetId.parse("home/proxmox-home");
    private static final Set<String> OF_THEIR_OWN = Set.of("serve", "rehearse", "lab");

    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private LabWorld world;

    @SuppressWarnings("NullAway.Init")
    private Service service;

    @SuppressWarnings("NullAway.Init")
    private Typist typist;

    private final Map<String, Integer> codes = new LinkedHashMap<>();

    @BeforeEach
    void theShippedContractsInTheLab() throws Exception {
        Path contracts = ChangedFolder.of(Path.of("contracts"), folder.resolve("contracts"))
                .path();
        LabWithService lab = new LabWithService(folder, contracts, SPEED);
        world = lab.world();
        service = lab.service(world);
        typist = Typist.at(service, folder, contracts);
        Until.holds(() -> service.power.unready(HOME).isEmpty(), SOON, () -> "the power of the site is known and good");
    }

    @AfterEach
    void over() {
        service.close();
        world.close();
    }

    @Test
    void everyCommandOfReadmeAndOfThePagesOfTheStandardDoesWhatItsPageSays() throws Exception {
        world.amiss(NODE, Condition.SCHEDULER_STOPPED, true);
        typeAll("src/docs/standard.md");
        assertThat(codes)
                .containsEntry("standard home", Exit.INCOMPLETE)
                .containsEntry("gaps --gate", Exit.INCOMPLETE)
                .containsEntry("run home --mode full", Exit.WELL)
                .containsEntry("remedy scheduler-runs home/proxmox-home", Exit.WELL)
                .containsEntry(
                        "remedy scheduler-runs home/proxmox-home --execute --confirm home/proxmox-home", Exit.WELL);
        assertThat(typist.types("standard home --all").out()).contains("scheduler-runs");

        typeAll("src/docs/adding-a-control.md");
        assertThat(codes).containsEntry("check", Exit.WELL);

        typeAll("README.md");
        assertThat(codes)
                .containsEntry("plan home", Exit.WELL)
                .containsEntry("arm home", Exit.REFUSED)
                .containsEntry("run home --mode full --execute --confirm home", Exit.WELL)
                .containsEntry("status", Exit.WELL);
        assertThat(world.isUp(NODE)).isTrue();
        assertThat(world.violations()).isEmpty();
    }

    private void typeAll(String page) throws Exception {
        for (String line : ShownCommands.of(Path.of(page))) {
            if (OF_THEIR_OWN.contains(line.split(" ", 2)[0])) {
                continue;
            }
            Typed typed = typist.types(line);
            codes.put(line, typed.code());
            assertThat(typed.code())
                    .as(line + "\n" + typed.out() + typed.err())
                    .isIn(List.of(Exit.WELL, Exit.REFUSED, Exit.INCOMPLETE));
            assertThat(typed.out() + typed.err()).as(line).isNotBlank();
        }
    }
}
