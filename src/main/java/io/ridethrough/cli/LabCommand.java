package io.ridethrough.cli;

import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Site;
import io.ridethrough.contract.SiteId;
import io.ridethrough.lab.LabGuard;
import io.ridethrough.lab.LabOptions;
import io.ridethrough.lab.LabWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Plays an outage on simulated sites made of the very contracts. No packet leaves loopback. */
@Command(
        name = "lab",
        description = "Plays an outage and its return on simulated sites made of the contracts; touches nothing real.")
final class LabCommand implements Callable<Integer> {
    @Mixin
    private final Installation installation = new Installation();

    @Option(names = "--contracts", paramLabel = "FOLDER", description = "The contracts (default: as configured).")
    private @Nullable Path folder;

    @Option(names = "--site", description = "The site whose power fails (default: the first with a NAS).")
    private @Nullable String site;

    @Option(
            names = "--speed",
            description = "How much faster time passes (default: ${DEFAULT-VALUE}).",
            defaultValue = "20")
    private double speed = 20;

    @Option(names = "--stay", description = "Stay up afterwards, until ended.")
    private boolean stay;

    @Option(
            names = "--keep",
            paramLabel = "FOLDER",
            description = "Where journal and receipts go (default: a new folder).")
    private @Nullable Path keep;

    @Override
    public Integer call() throws InterruptedException, IOException {
        if (!(speed >= 1 && speed <= 200)) {
            throw new UserError("--speed is 1 to 200");
        }
        Terminal.quiet();
        Settings settings = installation.settings();
        Path declared = folder == null ? settings.path("ridethrough.contracts") : folder;
        Contracts contracts = new ContractFolder(declared).contracts();
        Site stage = stage(contracts);
        List<String> product = LabService.product();
        arm();
        Path at = (keep == null ? Files.createTempDirectory("ridethrough-lab-") : Files.createDirectories(keep))
                .toAbsolutePath();
        Screen screen = Screen.on(System.out, LabClient.banner(speed), Terminal.own());
        screen.say("starts simulated sites made of the contracts: "
                + String.join(
                        ", ",
                        contracts.sites().keySet().stream().map(SiteId::value).toList()));
        screen.say("time passes " + Math.round(speed)
                + " times faster; every address is a socket of loopback, nothing real is touched");
        try (LabWorld world = LabWorld.start(contracts, new LabOptions(speed, at.resolve("world")));
                LabService service = new LabService(product, at, settings, declared, world, speed)) {
            NativeSetUp.of(contracts, world);
            LabStory story = new LabStory(screen, stage, world, service);
            int code = story.play();
            for (String run : story.played()) {
                screen.say("  receipt  " + receipt(at, run, service.client()));
            }
            screen.say("  journal  " + at.resolve("state/journal.db"));
            if (stay) {
                screen.say("stays up at " + service.address() + " until Ctrl-C; look around with: "
                        + Ridethrough.typed("status --config " + service.config()));
                new CountDownLatch(1).await();
            }
            return guardHeld(service.refusedByGuard()) ? code : Exit.INCOMPLETE;
        }
    }

    /** From here on nothing of this process leaves loopback. */
    static void arm() {
        try {
            LabGuard.arm();
        } catch (IllegalStateException e) {
            throw new UserError(String.valueOf(e.getMessage()));
        }
        LabGuard.whyNotArmed().ifPresent(why -> {
            throw new UserError("the lab does not start without its guard: " + why);
        });
    }

    private static boolean guardHeld(List<String> refusedToService) {
        LabGuard.violations().forEach(violation -> System.out.println("GUARD: refused " + violation));
        refusedToService.forEach(line -> System.out.println("GUARD: " + line));
        return LabGuard.violations().isEmpty() && refusedToService.isEmpty();
    }

    private static Path receipt(Path at, String run, ServiceClient client) throws IOException {
        Path folder = Files.createDirectories(at.resolve("receipts"));
        return Files.writeString(
                folder.resolve(run + ".json"),
                client.get("runs/" + run).orRefusal().toPrettyString() + "\n");
    }

    private Site stage(Contracts contracts) {
        Optional<Site> chosen = contracts.sites().values().stream()
                .filter(one ->
                        site == null ? !one.nases().isEmpty() : one.id().value().equals(site))
                .findFirst();
        return chosen.or(
                        () -> site == null ? contracts.sites().values().stream().findFirst() : Optional.empty())
                .orElseThrow(() -> new UserError(
                        "no such site; declared are " + contracts.sites().keySet()));
    }
}
