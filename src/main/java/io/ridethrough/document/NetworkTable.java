package io.ridethrough.document;

import io.ridethrough.contract.Asset;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Device;
import io.ridethrough.contract.Guest;
import io.ridethrough.contract.Nas;
import io.ridethrough.contract.Node;
import io.ridethrough.contract.Probe;
import io.ridethrough.contract.Site;
import io.ridethrough.contract.SshAccess;
import io.ridethrough.contract.WakeWay;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Every declared address of a site with its hardware, its ports, and what the DHCP server has to reserve. */
final class NetworkTable {
    /**
     * One row.
     *
     * @param address as declared; empty where none is
     * @param macs in lower case
     * @param ports those that something is declared to answer at
     */
    record Entry(Asset asset, String address, List<String> macs, Set<Integer> ports) {
        Entry {
            macs = List.copyOf(macs);
            ports = new TreeSet<>(ports);
        }
    }

    private NetworkTable() {}

    static Document of(Site site, Stamp stamp) {
        Page page = new Page("network.html", "Network and DHCP", site.title(), stamp);
        page.heading("The network")
                .list(List.of(
                        Markup.text("Addresses: " + site.lan() + ", the only network that is declared"),
                        Markup.text("Gateway: " + name(site.gateway())),
                        Markup.text("Names are answered by: " + name(site.nameService())),
                        Markup.text("A way in that must stay open: " + outOfBand(site))));
        page.heading("Addresses")
                .table("Address", "Name", "What", "Hardware address", "Ports", "Reached through", "In DHCP");
        entries(site)
                .forEach(entry -> page.row(
                        entry.address().isEmpty() ? Markup.strong("not declared") : Markup.code(entry.address()),
                        Markup.strong(entry.asset().id().name()),
                        Markup.text(entry.asset().title() + " (" + Sentence.kind(entry.asset()) + ")"),
                        Markup.lines(entry.macs().stream().map(Markup::code).toList()),
                        Markup.text(String.join(
                                ", ",
                                entry.ports().stream().map(String::valueOf).toList())),
                        Markup.text(Sentence.names(entry.asset().reachedThrough())),
                        Markup.text(reservation(entry))));
        return page.end()
                .say(
                        "A reservation binds the hardware address to the address, so that neither moves. Where hardware has"
                                + " several addresses, the one of the port that is plugged in counts.")
                .document();
    }

    private static String reservation(Entry entry) {
        if (entry.address().isEmpty()) {
            return "no address to reserve";
        }
        return entry.macs().isEmpty() ? "cannot be reserved: no hardware address is declared" : "reserve";
    }

    /** By address, those without one last. */
    static List<Entry> entries(Site site) {
        List<Entry> entries = new ArrayList<>();
        site.assets().forEach(asset -> address(asset)
                .or(() -> asset instanceof Device ? Optional.of("") : Optional.empty())
                .ifPresent(address -> entries.add(new Entry(asset, address, macs(asset), ports(site, asset)))));
        entries.sort(
                Comparator.<Entry, Boolean>comparing(entry -> entry.address().isEmpty())
                        .thenComparing(entry -> numbers(entry.address()))
                        .thenComparing(entry -> entry.asset().id()));
        return entries;
    }

    private static Optional<String> address(Asset asset) {
        if (asset instanceof Node node) {
            return Optional.of(node.address());
        }
        if (asset instanceof Nas nas) {
            return Optional.of(nas.address());
        }
        return asset instanceof Device device
                ? device.address()
                : asset instanceof Guest guest ? guest.ssh().map(SshAccess::host) : Optional.empty();
    }

    private static List<String> macs(Asset asset) {
        if (asset instanceof Device device) {
            return lower(device.macs());
        }
        List<WakeWay> ways =
                asset instanceof Node node ? node.wake() : asset instanceof Nas nas ? nas.wake() : List.of();
        return lower(ways.stream()
                .filter(WakeWay.WakeOnLan.class::isInstance)
                .flatMap(way -> ((WakeWay.WakeOnLan) way).macs().stream())
                .distinct()
                .toList());
    }

    private static List<String> lower(List<String> macs) {
        return macs.stream().map(mac -> mac.toLowerCase(Locale.ROOT)).toList();
    }

    private static Set<Integer> ports(Site site, Asset asset) {
        Set<Integer> ports = new TreeSet<>();
        if (asset instanceof Device device) {
            ports.addAll(device.ports());
        } else if (asset instanceof Node node) {
            ports.add(node.ssh().port());
            ports.addAll(node.proofOfOff().ports());
        } else if (asset instanceof Nas nas) {
            ports.add(nas.ssh().port());
            ports.addAll(nas.proofOfOff().ports());
        } else if (asset instanceof Guest guest) {
            guest.ssh().ifPresent(ssh -> ports.add(ssh.port()));
        }
        site.probes().stream()
                .filter(probe -> probe.asset().equals(asset.id()))
                .flatMap(probe -> port(probe).stream())
                .forEach(ports::add);
        return ports;
    }

    private static Optional<Integer> port(Probe probe) {
        if (probe instanceof Probe.Tcp tcp) {
            return Optional.of(tcp.port());
        }
        if (probe instanceof Probe.Dns dns) {
            return Optional.of(dns.port());
        }
        if (probe instanceof Probe.Http http) {
            URI url = URI.create(http.url());
            return Optional.of(url.getPort() > 0 ? url.getPort() : "https".equals(url.getScheme()) ? 443 : 80);
        }
        return Optional.empty();
    }

    /** So that .9 comes before .10. */
    private static String numbers(String address) {
        StringBuilder padded = new StringBuilder();
        for (String part : address.split("\\.", -1)) {
            padded.append("0".repeat(Math.max(0, 3 - part.length())))
                    .append(part)
                    .append('.');
        }
        return padded.toString();
    }

    private static String name(Optional<AssetId> id) {
        return id.map(AssetId::toString).orElse("not declared");
    }

    private static String outOfBand(Site site) {
        if (!site.outOfBand().required()) {
            return "not required";
        }
        return (site.outOfBand().routers().isEmpty()
                        ? "required, and no router is declared for it"
                        : "through " + String.join(", ", site.outOfBand().routers()))
                + (site.outOfBand().devices().isEmpty()
                        ? ""
                        : "; devices " + Sentence.names(site.outOfBand().devices()));
    }
}
