package io.ridethrough.cli;

import io.ridethrough.contract.ApiAccess;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.HomeHealth;
import io.ridethrough.contract.Nas;
import io.ridethrough.contract.Node;
import io.ridethrough.contract.Site;
import io.ridethrough.contract.SshAccess;
import io.ridethrough.contract.UnifiController;
import io.ridethrough.contract.Ups;
import io.ridethrough.target.Secrets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Stream;

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
                .anyMatch(site -> ssh(site).findAny().isPresent());
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
        NavigableSet<String> names = new TreeSet<>();
        contracts.interfaces().values().stream().map(ApiAccess::secret).forEach(names::add);
        contracts.plugs().values().forEach(plug -> plug.secret().ifPresent(names::add));
        for (Site site : contracts.sites().values()) {
            ssh(site).map(SshAccess::identity).forEach(names::add);
            site.homeAssistant().ifPresent(home -> names.add(home.api().secret()));
            site.controllers().stream()
                    .map(UnifiController::classicSecret)
                    .forEach(secret -> secret.ifPresent(names::add));
            site.upkeep()
                    .home()
                    .flatMap(HomeHealth::zigbee)
                    .flatMap(HomeHealth.Zigbee::secret)
                    .ifPresent(names::add);
            for (Ups ups : site.power().upses()) {
                ups.mqtt().flatMap(Ups.MqttSource::secret).ifPresent(names::add);
                ups.nut().flatMap(Ups.NutSource::secret).ifPresent(names::add);
            }
        }
        return names;
    }

    private static Stream<SshAccess> ssh(Site site) {
        return Stream.of(
                        site.nodes().stream().map(Node::ssh),
                        site.nases().stream().map(Nas::ssh),
                        site.guests().stream().flatMap(guest -> guest.ssh().stream()))
                .flatMap(all -> all);
    }
}
