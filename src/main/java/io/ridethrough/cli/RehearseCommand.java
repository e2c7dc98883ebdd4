package io.ridethrough.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Site;
import io.ridethrough.contract.SiteId;
import io.ridethrough.drill.Drill;
import io.ridethrough.drill.DrillBook;
import io.ridethrough.drill.DrillText;
import io.ridethrough.drill.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Drills a site in the lab with its own contracts, and keeps the record. */
@Command(
        name = "rehearse",
        description =
                "Drills a site in simulated outages with its own contracts and keeps the record; touches nothing real.")
final class RehearseCommand implements Callable<Integer> {
    @Mixin
    private final Installation installation = new Installation();

    @Parameters(paramLabel = "SITE", description = "The site.")
    private String site = "";

    @Option(
            names = "--scenario",
            paramLabel = "NAME",
            description =
                    "Only that one (default: all): normal-outage, short-flap, dead-battery, hung-guests, lost-nas,"
                            + " back-in-first-third, back-in-second-third, back-in-last-third.")
    private @Nullable String scenario;

    @Option(
            names = "--speed",
            description = "How much faster time passes; 1 is real speed (default: ${DEFAULT-VALUE}).",
            defaultValue = "20")
    private double speed = 20;

    @Option(
            names = "--at-once",
            paramLabel = "N",
            description = "How many scenarios are played at once (default: ${DEFAULT-VALUE}).",
            defaultValue = "4")
    private int atOnce = 4;

    @Option(names = "--last", description = "Play nothing; show the record of the last drill.")
    private boolean last;

    @Option(names = "--json", description = "Print the record as JSON, and nothing else.")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Settings settings = installation.settings();
        DrillBook book = new DrillBook(new Home(settings.path("ridethrough.home")).rehearsals());
        try {
            return last ? shown(book, settings) : drilled(book, settings);
        } catch (DrillBook.UnreadableBook e) {
            throw new UserError(String.valueOf(e.getMessage()));
        }
    }

    private int shown(DrillBook book, Settings settings) {
        SiteId id = declared(new ContractFolder(settings.path("ridethrough.contracts")).contracts())
                .id();
        JsonNode record = book.last(id)
                .orElseThrow(() -> new UserError(
                        site + " was never rehearsed; do it with: " + Ridethrough.typed("rehearse " + site)));
        return ended(record);
    }

    private int drilled(DrillBook book, Settings settings) throws IOException, InterruptedException {
        if (!(speed >= 1 && speed <= 200)) {
            throw new UserError("--speed is 1 to 200");
        }
        if (atOnce < 1 || atOnce > Scenario.values().length) {
            throw new UserError("--at-once is 1 to " + Scenario.values().length);
        }
        List<Scenario> scenarios = scenarios();
        Contracts contracts = new ContractFolder(settings.path("ridethrough.contracts")).contracts();
        Site stage = declared(contracts);
        if (stage.power().upses().isEmpty()) {
            throw new UserError("no UPS feeds " + site
                    + ": there is no outage to rehearse; arm it with --waive-rehearsal and the reason");
        }
        book.all();
        Terminal.quieter();
        LabCommand.arm();
        Path at = Files.createTempDirectory("ridethrough-rehearsal-");
        Screen screen =
                json ? Screen.json(System.out) : Screen.on(System.out, LabClient.banner(speed), Terminal.plain());
        screen.say("rehearses " + site + " with contracts " + contracts.digest().substring(0, 12) + ": "
                + scenarios.size() + (scenarios.size() == 1 ? " scenario, " : " scenarios, ") + Math.round(speed)
                + " times as fast; every address is a socket of loopback, nothing real is touched");
        Drill drill = new Rehearsal(contracts, settings, at, speed).drill(stage, scenarios, atOnce, screen::say);
        Home.at(settings.path("ridethrough.home"));
        JsonNode record = book.write(drill);
        screen.say("what the lab wrote is in " + at);
        return ended(record);
    }

    private int ended(JsonNode record) {
        if (json) {
            System.out.println(record);
        } else {
            int columns = Terminal.own().columns();
            DrillText.lines(record).forEach(line -> System.out.println(Terminal.folded(line, 8, columns)));
        }
        boolean armable =
                record.path("passed").asBoolean() && record.path("whole").asBoolean();
        if (!json) {
            next(record, armable);
        }
        return record.path("passed").asBoolean() ? Exit.WELL : Exit.INCOMPLETE;
    }

    private void next(JsonNode record, boolean armable) {
        if (armable) {
            NextCommand.after("rehearse", site);
        } else if (record.path("passed").asBoolean()) {
            NextCommand.say("rehearse " + site);
        } else {
            System.out.println("Put the contracts right where an expectation failed, then go on.");
            NextCommand.say("check");
        }
    }

    private List<Scenario> scenarios() {
        if (scenario == null) {
            return List.of(Scenario.values());
        }
        return List.of(Scenario.of(scenario)
                .orElseThrow(() -> new UserError("no scenario \"" + scenario + "\"; there are "
                        + Arrays.stream(Scenario.values()).map(Scenario::word).collect(Collectors.joining(", ")))));
    }

    private Site declared(Contracts contracts) {
        return contracts.sites().values().stream()
                .filter(one -> one.id().value().equals(site))
                .findFirst()
                .orElseThrow(() -> new UserError("no site \"" + site + "\"; declared are "
                        + contracts.sites().keySet().stream().map(SiteId::value).collect(Collectors.joining(", "))));
    }
}
