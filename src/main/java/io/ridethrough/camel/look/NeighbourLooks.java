package io.ridethrough.camel.look;

import io.ridethrough.contract.Control;
import io.ridethrough.contract.Device;
import io.ridethrough.contract.Nas;
import io.ridethrough.contract.Node;
import io.ridethrough.contract.Posture;
import io.ridethrough.contract.Site;
import io.ridethrough.contract.SshAccess;
import io.ridethrough.standard.Looks;
import io.ridethrough.standard.Subject;
import io.ridethrough.target.tailnet.Subnet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who is on the network of a node, by what it has heard from: {@code ip neigh}. Who was silent is not told of. */
final class NeighbourLooks implements Looks {
    private static final Pattern HEARD = Pattern.compile("(\\d[\\d.]+) .*\\blladdr ([0-9a-fA-F:]{17})\\b.*");

    private final CommandLooks commands;

    /** Who was heard, at which address. */
    private record Neighbour(String address, String mac) {
        @Override
        public String toString() {
            return mac + " at " + address;
        }
    }

    NeighbourLooks(CommandLooks commands) {
        this.commands = commands;
    }

    @Override
    public CompletionStage<Look> look(Control.Probe probe, Subject subject) {
        return commands.run(subject.asset().orElseThrow(), probe)
                .thenApply(result -> Seeing.lines(result, lines -> neighbours(lines, subject.site())));
    }

    private static Map<String, Object> neighbours(List<String> lines, Site site) {
        List<Neighbour> heard = lines.stream()
                .map(HEARD::matcher)
                .filter(Matcher::matches)
                .map(row -> new Neighbour(row.group(1), row.group(2).toLowerCase(Locale.ROOT)))
                .toList();
        Map<String, String> classes = classes(site);
        Set<String> addresses = addresses(site);
        return Map.of(
                "neighbours",
                (long) heard.size(),
                "strangers",
                heard.stream()
                        .filter(one -> isManaged(site, one.address()))
                        .filter(one -> !classes.containsKey(one.mac()) && !addresses.contains(one.address()))
                        .map(Neighbour::toString)
                        .toList(),
                "misplaced",
                heard.stream().flatMap(one -> misplaced(site, one, classes)).toList());
    }

    /** What stands there has to be declared. */
    private static boolean isManaged(Site site, String address) {
        return Subnet.of(site.lan()).holds(address)
                && site.posture().pool().filter(pool -> pool.holds(address)).isEmpty();
    }

    /** What is known by its hardware address, and of which class it is. */
    private static Map<String, String> classes(Site site) {
        Map<String, String> classes = new HashMap<>();
        site.posture().clients().forEach(client -> classes.put(client.mac(), client.kind()));
        for (Device device : site.devices()) {
            device.macs().forEach(mac -> classes.put(mac.toLowerCase(Locale.ROOT), device.role()));
        }
        return classes;
    }

    private static Set<String> addresses(Site site) {
        return Stream.of(
                        site.nodes().stream().map(Node::address),
                        site.nases().stream().map(Nas::address),
                        site.guests().stream()
                                .flatMap(guest -> guest.ssh().stream())
                                .map(SshAccess::host),
                        site.devices().stream().flatMap(device -> device.address().stream()))
                .flatMap(all -> all)
                .collect(Collectors.toSet());
    }

    private static Stream<String> misplaced(Site site, Neighbour one, Map<String, String> classes) {
        String kind = classes.getOrDefault(one.mac(), "");
        return site.posture().segmentOf(kind).stream()
                .filter(segment -> !Subnet.of(segment.subnet()).holds(one.address()))
                .map(Posture.Segment::toString)
                .map(where -> kind + " " + one + ", not on " + where);
    }
}
