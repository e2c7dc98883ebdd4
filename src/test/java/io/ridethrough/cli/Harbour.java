package io.ridethrough.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.realparts.Moment;
import io.ridethrough.realparts.Mosquitto;
import io.ridethrough.realparts.ScriptedHost;
import io.ridethrough.realparts.WakeEar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The hosts of the harbour and of the barn, their network cards, and a broker: real parts on 127.0.0.1, with nothing of
 * the product among them. All are judged by what they wrote down themselves.
 */
final class Harbour implements AutoCloseable {
    final Map<String, ScriptedHost> hosts = new LinkedHashMap<>();
    final WakeEar ear = new WakeEar();
    final Mosquitto broker;
    final HarbourSites sites;

    Harbour(Path folder) throws IOException {
        broker = new Mosquitto(Files.createDirectories(folder.resolve("broker")));
        add(ScriptedHost.node(folder.resolve("pier"), "pier", List.of(102, 103, 104), List.of(101)));
        add(ScriptedHost.node(folder.resolve("crane"), "crane", List.of(201, 900), List.of(202)));
        add(ScriptedHost.nas(folder.resolve("silo"), "silo", "/volume1/files"));
        add(ScriptedHost.node(folder.resolve("loft"), "loft", List.of(302), List.of(301)));
        add(ScriptedHost.nas(folder.resolve("crib"), "crib", "/volume1/hay"));
        asNew();
        sites = new HarbourSites(hosts, broker.port(), ear.port());
    }

    /** Everything runs and nobody remembers anything, but that one machine stays stopped. */
    void asNew() {
        hosts.values().forEach(ScriptedHost::asNew);
        host("pier").isStopped(104);
        host("crane").isStopped(900);
        broker.stop();
        broker.start();
    }

    private void add(ScriptedHost host) {
        hosts.put(host.name(), host);
        ear.belongsTo(HarbourSites.mac(host.name()), host);
    }

    ScriptedHost host(String name) {
        ScriptedHost host = hosts.get(name);
        if (host == null) {
            throw new AssertionError("no host " + name);
        }
        return host;
    }

    /** Puts the pinned keys and the identities where an installation keeps them. */
    void introduceTo(Path home) throws IOException {
        Path secrets = Files.createDirectories(home.resolve("secrets/ssh"));
        StringBuilder known = new StringBuilder();
        for (ScriptedHost host : hosts.values()) {
            known.append(host.ssh().knownHostsLine()).append('\n');
            Path identity = Files.copy(host.ssh().identity(), secrets.resolve(host.name()));
            Files.setPosixFilePermissions(identity, PosixFilePermissions.fromString("rw-------"));
        }
        Files.writeString(home.resolve("known_hosts"), known);
    }

    /** What all hosts wrote down, in the order in which it happened. */
    List<Moment> log() {
        return log(hosts.keySet().toArray(String[]::new));
    }

    /** The same of some hosts. */
    List<Moment> log(String... names) {
        return Stream.of(names)
                .flatMap(name -> host(name).log().stream())
                .sorted()
                .toList();
    }

    /** When that was written down, which must have happened exactly once. */
    long once(String host, String what) {
        List<Moment> found = host(host).log().stream()
                .filter(moment -> moment.what().equals(what) || moment.what().startsWith(what + " "))
                .toList();
        assertThat(found).as("'%s' at %s in %s", what, host, log()).hasSize(1);
        return found.get(0).at();
    }

    /** Asserts that each of these, written as {@code host: what}, happened once and after the one before it. */
    void happenedInOrder(String... moments) {
        long before = 0;
        for (String moment : moments) {
            int colon = moment.indexOf(": ");
            long at = once(moment.substring(0, colon), moment.substring(colon + 2));
            assertThat(at)
                    .as("'%s' comes after what is before it in %s", moment, log())
                    .isGreaterThan(before);
            before = at;
        }
    }

    /** What was commanded at a host, looks left out. */
    List<String> commands(String host) {
        return host(host).log().stream()
                .map(Moment::what)
                .filter(what -> what.matches("(qm|pct|systemctl poweroff|poweroff|shutdown|reboot).*"))
                .toList();
    }

    @Override
    public void close() {
        ear.close();
        hosts.values().forEach(ScriptedHost::close);
        broker.close();
    }
}
