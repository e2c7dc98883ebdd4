package io.ridethrough.contract;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a site says of its machines and its network for the standard to compare with. Runs never read it.
 *
 * @param segments the plan of its networks; empty when none is declared
 * @param pool the addresses that anybody gets; the rest of the LAN is for what is known
 * @param clients what is known on the network and is no asset
 * @param exposures by node
 * @param links by NAS, how many of its network ports work together; those that do not say are left out
 * @param destroyed the numbers of guests that are gone for good
 * @param portMaps by switch; those that nobody drew are left out
 */
public record Posture(
        List<Segment> segments,
        Optional<Pool> pool,
        List<Client> clients,
        Map<AssetId, Exposure> exposures,
        Map<AssetId, Integer> links,
        List<Integer> destroyed,
        Optional<NamePolicy> names,
        Optional<Tailnet> tailnet,
        Map<AssetId, PortMap> portMaps) {
    /** Nothing is declared. */
    public static final Posture NONE = new Posture(
            List.of(),
            Optional.empty(),
            List.of(),
            Map.of(),
            Map.of(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Map.of());

    public Posture {
        segments = List.copyOf(segments);
        clients = List.copyOf(clients);
        exposures = new TreeMap<>(exposures);
        links = new TreeMap<>(links);
        destroyed = List.copyOf(destroyed);
        portMaps = new TreeMap<>(portMaps);
    }

    /** The network that what is of that class belongs on. */
    public Optional<Segment> segmentOf(String kind) {
        return segments.stream().filter(one -> one.classes().contains(kind)).findFirst();
    }

    /**
     * A network of the plan.
     *
     * @param subnet in CIDR form
     * @param classes the roles of devices and the kinds of clients that belong on it
     */
    public record Segment(String id, int vlan, String subnet, List<String> classes) {
        public Segment {
            classes = List.copyOf(classes);
        }

        @Override
        public String toString() {
            return id + " (" + subnet + ")";
        }
    }

    /** Addresses from the first to the last, both of them too. */
    public record Pool(String from, String to) {
        /** Whether an IPv4 address is one of them. */
        public boolean holds(String address) {
            long at = number(address);
            return at >= number(from) && at <= number(to);
        }

        /** An IPv4 address as a number; -1 for what is none. */
        private static long number(String address) {
            if (!address.matches("\\d{1,3}(\\.\\d{1,3}){3}")) {
                return -1;
            }
            long number = 0;
            for (String part : address.split("\\.", -1)) {
                number = number << 8 | Integer.parseInt(part);
            }
            return number;
        }
    }

    /** Something on the network that nobody commands or waits for: a phone, a bulb. */
    public record Client(String mac, String title, String kind) {}

    /** What of a node may be seen from elsewhere: its TCP ports, and the accounts that may log in. */
    public record Exposure(List<Integer> ports, List<String> accounts) {
        public Exposure {
            ports = List.copyOf(ports);
            accounts = List.copyOf(accounts);
        }
    }

    /**
     * What the name service has to do besides answering.
     *
     * @param blocks a name that it must not tell the address of
     * @param program what exits with 0 on it while its program is there; empty when that is not declared
     */
    public record NamePolicy(String blocks, List<String> program) {
        public NamePolicy {
            program = List.copyOf(program);
        }
    }

    /**
     * The tailnet that the site is on.
     *
     * @param askedOn where {@code tailscale status --json} is run
     * @param peers full DNS names of members that have to be there
     * @param others full DNS names of members that may be there
     * @param routes subnets that some member has to carry, in CIDR form
     * @param offlineFor how long one of {@code peers} may be away
     */
    public record Tailnet(
            AssetId askedOn, List<String> peers, List<String> others, List<String> routes, Duration offlineFor) {
        public Tailnet {
            peers = List.copyOf(peers);
            others = List.copyOf(others);
            routes = List.copyOf(routes);
        }
    }
}
