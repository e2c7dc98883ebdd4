package io.ridethrough.cli;

import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.SecretUse;
import io.ridethrough.target.Secrets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Whether every secret that the contracts name is there and its owner's alone, and the known hosts are written. */
final class SecretCheck {
    private SecretCheck() {}

    /** One symptom a secret; none of them says what is in it. */
    static List<Symptom> of(Contracts contracts, Home home) {
        List<Symptom> symptoms = new ArrayList<>();
        Secrets files = home.secretsByName();
        for (String name : names(contracts)) {
            try {
                files.secret(name);
                symptoms.add(Symptom.well("secret " + name + " is there and its owner's alone"));
            } catch (Secrets.UnusableSecretException e) {
                String said = String.valueOf(e.getMessage());
                symptoms.add(Symptom.wrong(
                        "secret " + name + " cannot be used", said + (said.contains("chmod") ? "" : ", mode 0600")));
            }
        }
        boolean ssh = contracts.sites().values().stream()
                .anyMatch(site -> !site.nodes().isEmpty()
                        || !site.nases().isEmpty()
                        || site.guests().stream().anyMatch(guest -> guest.ssh().isPresent()));
        if (ssh) {
            symptoms.add(
                    Files.isReadable(home.knownHosts())
                            ? Symptom.well("known hosts in " + home.knownHosts())
                            : Symptom.wrong(
                                    "no host key is known: no SSH host will be trusted",
                                    "write the hosts' keys to " + home.knownHosts() + " (ssh-keyscan, then compare)"));
        }
        return symptoms;
    }

    /** The names of all secrets that the contracts refer to, sorted. */
    static NavigableSet<String> names(Contracts contracts) {
        return SecretUse.of(contracts).stream().map(SecretUse::name).collect(Collectors.toCollection(TreeSet::new));
    }
}
