package io.ridethrough.target.tailnet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ridethrough.target.Said;
import io.ridethrough.target.ssh.CommandResult;
import io.ridethrough.target.ssh.RemoteCommand;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What {@code tailscale status --json} told (protocols 8). */
public sealed interface Tailnet {
    /**
     * It runs.
     *
     * @param peers this one itself first
     * @param keyEnds when its own key expires, and it falls off the tailnet; empty where it never does
     */
    record Running(List<Peer> peers, Optional<Instant> keyEnds) implements Tailnet {
        public Running {
            peers = List.copyOf(peers);
        }

        /**
         * The first of the allowed routers that is online and carries the whole subnet. Only the one that carries a
         * route at present is listed with it: one that merely stands by is not seen here.
         *
         * @param lan in CIDR form
         * @param routers DNS names, with or without their last dot
         */
        public Optional<Peer> routerOf(String lan, List<String> routers) {
            List<String> allowed = routers.stream().map(Tailnet::name).toList();
            return carriers(lan).stream()
                    .filter(peer -> peer.online() && allowed.contains(peer.dnsName()))
                    .findFirst();
        }

        /** Every peer that carries the whole subnet, allowed or not, for the evidence. */
        public List<Peer> carriers(String lan) {
            Subnet wanted = Subnet.of(lan);
            return peers.stream()
                    .filter(peer -> peer.routes().stream()
                            .anyMatch(route -> Subnet.of(route).covers(wanted)))
                    .toList();
        }
    }

    /** It answers, but is not on the tailnet: logged out, stopped, starting. Its exit code is 0 all the same. */
    record NotRunning(String backendState) implements Tailnet {}

    /** Nothing can be said. */
    record Unreadable(String why) implements Tailnet {}

    /**
     * A member.
     *
     * @param online the control plane's view, which may lag by minutes
     * @param lastSeen told only of one that is offline
     */
    record Peer(String dnsName, boolean online, Optional<Instant> lastSeen, List<String> routes) {
        public Peer {
            routes = List.copyOf(routes);
        }

        /** Whether it is offline and was not seen after that; one of which that is not told is away too. */
        public boolean isAwaySince(Instant then) {
            return !online && lastSeen.filter(seen -> seen.isAfter(then)).isEmpty();
        }

        @Override
        public String toString() {
            return dnsName + (online ? " (online)" : " (offline)");
        }
    }

    /** Asks for it; changes nothing. */
    static RemoteCommand ask(boolean sudo) {
        return RemoteCommand.look(Duration.ofSeconds(15), "tailscale", "status", "--json")
                .asRoot(sudo);
    }

    /** Reads an answer. */
    static Tailnet read(CommandResult result) {
        if (!(result instanceof CommandResult.Exited exited)) {
            return new Unreadable(Said.by(result));
        }
        try {
            JsonNode status = new ObjectMapper().readTree(exited.out());
            String state = status == null ? "" : status.path("BackendState").asText("");
            if (state.isEmpty()) {
                return new Unreadable("no status of tailscale: " + Said.by(result));
            }
            return state.equals("Running")
                    ? new Running(peers(status), keyEnds(status))
                    : new NotRunning(Said.line(state));
        } catch (JsonProcessingException e) {
            return new Unreadable("not the JSON of tailscale: " + Said.by(result));
        }
    }

    private static Optional<Instant> keyEnds(JsonNode status) {
        return instant(status.path("Self").path("KeyExpiry").asText(""));
    }

    private static List<Peer> peers(JsonNode status) {
        List<Peer> peers = new ArrayList<>();
        List<JsonNode> nodes = new ArrayList<>();
        nodes.add(status.path("Self"));
        status.path("Peer").elements().forEachRemaining(nodes::add);
        for (JsonNode node : nodes) {
            if (node.isObject()) {
                peers.add(peer(node));
            }
        }
        return peers;
    }

    private static Peer peer(JsonNode node) {
        List<String> routes = new ArrayList<>();
        node.path("PrimaryRoutes").elements().forEachRemaining(route -> routes.add(route.asText()));
        return new Peer(
                name(Said.line(node.path("DNSName").asText(""))),
                node.path("Online").asBoolean(false),
                instant(node.path("LastSeen").asText("")),
                routes.stream().filter(route -> route.contains("/")).collect(Collectors.toList()));
    }

    /** Empty for the first year, which stands for never, and for what is no time. */
    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text)).filter(Instant.EPOCH::isBefore);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static String name(String dnsName) {
        String bare = dnsName.endsWith(".") ? dnsName.substring(0, dnsName.length() - 1) : dnsName;
        return bare.toLowerCase(Locale.ROOT);
    }
}
