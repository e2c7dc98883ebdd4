package io.ridethrough.cli;

import io.ridethrough.contract.load.Loaded;
import java.net.Socket;
import java.net.SocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is wrong with the installation itself, each with what to do. Changes nothing. */
@Command(
        name = "doctor",
        description = "Says what is wrong with the installation itself, and what to do about each; changes nothing.")
final class DoctorCommand implements Callable<Integer> {
    @Mixin
    private final Installation installation = new Installation();

    @Option(
            names = "--ask",
            description = "Also knock at the declared brokers and NUT servers; without it nothing is asked over the"
                    + " network.")
    private boolean ask;

    @Override
    public Integer call() {
        Settings settings = installation.settings();
        Home home = new Home(settings.path("ridethrough.home"));
        List<Symptom> symptoms = new ArrayList<>();
        symptoms.addAll(MachineCheck.of(settings, Instant.now()));
        symptoms.addAll(StateCheck.of(home));
        Loaded loaded = contracts(settings, symptoms);
        symptoms.add(ReceiptCheck.key(home));
        if (loaded instanceof Loaded.Ok ok) {
            symptoms.add(ReceiptCheck.anchors(settings, ok.contracts()));
            symptoms.addAll(SecretCheck.of(ok.contracts(), home));
            if (ask) {
                symptoms.addAll(SourceCheck.of(ok.contracts(), DoctorCommand::connect));
            }
        }
        symptoms.forEach(symptom -> System.out.println(symptom.render()));
        long wrong = symptoms.stream().filter(Symptom::wrong).count();
        System.out.println(
                wrong == 0
                        ? "Well: " + symptoms.size() + " things were looked at."
                        : wrong + " of " + symptoms.size() + " things are wrong. Nothing was changed.");
        if (wrong == 0) {
            NextCommand.after("doctor");
        }
        return wrong == 0 ? Exit.WELL : Exit.REFUSED;
    }

    private static Loaded contracts(Settings settings, List<Symptom> symptoms) {
        ContractFolder folder = new ContractFolder(settings.path("ridethrough.contracts"));
        try {
            Loaded loaded = folder.load();
            symptoms.add(
                    loaded instanceof Loaded.Ok ok
                            ? Symptom.well(
                                    "contracts of " + ok.contracts().sites().keySet() + " in " + folder.folder())
                            : Symptom.wrong(
                                    "the contracts in " + folder.folder() + " are not valid",
                                    "type: " + Ridethrough.typed("check")));
            return loaded;
        } catch (UserError e) {
            symptoms.add(
                    Symptom.wrong(String.valueOf(e.getMessage()), "begin with: " + Ridethrough.typed("site new SITE")));
            return new Loaded.Bad(List.of());
        }
    }

    private static void connect(SocketAddress address) throws java.io.IOException {
        try (Socket socket = new Socket()) {
            socket.connect(address, 3000);
        }
    }
}
