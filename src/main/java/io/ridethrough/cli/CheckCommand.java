package io.ridethrough.cli;

import io.ridethrough.contract.load.Loaded;
import io.ridethrough.plan.ColdStart;
import io.ridethrough.setup.OwnNets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Reads the contracts and says everything that is wrong with them at once. */
@Command(name = "check", description = "Reads the contracts and says everything that is wrong with them at once.")
final class CheckCommand implements Callable<Integer> {
    @Mixin
    private final Installation installation = new Installation();

    @Parameters(arity = "0..1", paramLabel = "FOLDER", description = "The contracts (default: as configured).")
    private @Nullable Path folder;

    @Override
    public Integer call() {
        Path at = folder == null ? installation.settings().path("ridethrough.contracts") : folder;
        Loaded loaded = new ContractFolder(at).checked();
        System.out.print(loaded.render());
        if (!(loaded instanceof Loaded.Ok ok)) {
            return Exit.REFUSED;
        }
        ok.contracts().assumptions().forEach(assumption -> System.out.println("assumed: " + assumption));
        ok.contracts()
                .sites()
                .values()
                .forEach(site -> System.out.println("site " + site.id() + ": "
                        + site.nodes().size() + " nodes, "
                        + site.guests().size() + " guests, " + site.stacks().size() + " stacks, "
                        + site.nases().size() + " NAS, " + site.devices().size() + " devices, "
                        + site.probes().size() + " probes, "
                        + site.power().upses().size() + " UPS"));
        int controls = ok.contracts().standard().controls().size();
        if (controls > 0) {
            System.out.println("standard: " + controls + " controls for every site alike");
        }
        System.out.print(ColdStartText.render(ColdStart.of(ok.contracts())));
        OwnNets.gaps(ok.contracts()).forEach(System.out::println);
        System.out.println("Well. " + ok.contracts().assumptions().size() + " assumptions.");
        ok.contracts().sites().keySet().stream()
                .findFirst()
                .ifPresent(site -> NextCommand.after("check", site.value()));
        return Exit.WELL;
    }
}
