package io.ridethrough.cli;

import io.ridethrough.camel.LoneHttps;
import io.ridethrough.contract.ApiAccess;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Node;
import io.ridethrough.contract.ProofOfOff;
import io.ridethrough.contract.SiteId;
import io.ridethrough.contract.SshAccess;
import io.ridethrough.contract.Stewardship;
import io.ridethrough.contract.UnifiController;
import io.ridethrough.contract.Ups;
import io.ridethrough.discover.Found;
import io.ridethrough.target.https.Https;
import io.ridethrough.target.nut.NutAnswer;
import io.ridethrough.target.nut.NutClient;
import io.ridethrough.target.proxmox.api.Inventory;
import io.ridethrough.target.unifi.IntegrationWay;
import io.ridethrough.target.unifi.UnifiAsk;
import io.ridethrough.target.unifi.UnifiTold;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;

/** Asks what there is at a site of which nothing is declared, by the product's own clients. */
record Looking(SiteId site, Service.World world, Path routes) {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** Registered for NUT. */
    private static final int PORT = 3493;

    private static final Pattern SERVER = Pattern.compile("([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+])(:\\d{1,5})?");

    private static final String PROXMOX = "proxmox-";
    private static final String UNIFI = "unifi-";

    /** Which of the asked nodes it is, from 0. */
    static Optional<Integer> number(SiteId site, AssetId target) {
        return target.site().equals(site) && target.name().startsWith(PROXMOX)
                ? Optional.of(Integer.parseInt(target.name().substring(PROXMOX.length())))
                : Optional.empty();
    }

    /** @throws UserError when one of them does not tell: half a site is worse than none */
    Found look(List<URI> proxmox, String token, List<String> fingerprints, List<String> nut, List<URI> unifi) {
        Map<AssetId, String> roots = new TreeMap<>();
        for (int i = 0; i < proxmox.size(); i++) {
            roots.put(new AssetId(site, PROXMOX + i), proxmox.get(i).toString());
        }
        for (int i = 0; i < unifi.size(); i++) {
            roots.put(new AssetId(site, UNIFI + i), unifi.get(i).toString());
        }
        List<Found.Proxmox> nodes = new ArrayList<>();
        List<Found.Unifi> controllers = new ArrayList<>();
        try (LoneHttps https = new LoneHttps(routes, world.wiring(), world.pins(), roots)) {
            Inventory inventory = new Inventory(https.https(), world.secrets());
            for (int i = 0; i < proxmox.size(); i++) {
                URI url = proxmox.get(i);
                Inventory.Seen seen = told(url, inventory.look(node(new AssetId(site, PROXMOX + i), url, token)));
                nodes.add(new Found.Proxmox(
                        url.getHost(),
                        url.toString(),
                        token,
                        i < fingerprints.size() ? Optional.of(fingerprints.get(i)) : Optional.empty(),
                        seen));
            }
            for (int i = 0; i < unifi.size(); i++) {
                controllers.add(controller(https.https(), new AssetId(site, UNIFI + i), unifi.get(i)));
            }
        }
        return new Found(nodes, nut.stream().map(this::nut).toList(), controllers);
    }

    private Found.Unifi controller(Https https, AssetId id, URI url) {
        UnifiController controller = new UnifiController(
                id,
                UnifiController.Form.UNIFI_OS,
                "default",
                new ApiAccess(url.toString(), "unifi/" + site, Optional.empty()),
                Optional.empty());
        IntegrationWay way = new IntegrationWay(https, world.secrets());
        UnifiTold.Devices devices = (UnifiTold.Devices) told(url, way.ask(controller, new UnifiAsk.Devices()));
        UnifiTold.Clients clients = (UnifiTold.Clients) told(url, way.ask(controller, new UnifiAsk.Clients()));
        return new Found.Unifi(devices.devices(), clients.clients());
    }

    private static <T> T told(URI url, CompletionStage<T> asked) {
        try {
            return asked.toCompletableFuture().join();
        } catch (CompletionException e) {
            String why = String.valueOf(
                    e.getCause() == null ? e.getMessage() : e.getCause().getMessage());
            String help = why.contains("certificate")
                    ? ". Read its fingerprint on the machine itself and say it with --fingerprint"
                    : "";
            UserError error = new UserError(url + " does not tell: " + why + help + ". Nothing was changed.");
            error.initCause(e);
            throw error;
        }
    }

    /** Nothing is known of it but how it is asked. */
    private static Node node(AssetId id, URI url, String token) {
        return new Node(
                id,
                id.name(),
                new Stewardship("", "", 4, ""),
                id.name(),
                "",
                url.getHost(),
                new SshAccess(url.getHost(), 22, "root", "", false),
                Optional.of(new ApiAccess(url.toString(), token, Optional.empty())),
                Optional.empty(),
                Set.of(),
                Set.of(),
                List.of(),
                new ProofOfOff(List.of(22), Duration.ZERO),
                Duration.ZERO,
                Duration.ZERO,
                1,
                1,
                Duration.ZERO,
                List.of());
    }

    /**
     * Where a NUT server is.
     *
     * @throws UserError when that names none
     */
    static URI server(String said) {
        if (!SERVER.matcher(said).matches()) {
            throw new UserError("--nut " + said + " is no server: say <host> or <host>:<port>. Nothing was asked.");
        }
        return URI.create("nut://" + said);
    }

    private Found.Nut nut(String said) {
        URI server = server(said);
        String host = server.getHost();
        int port = server.getPort() < 0 ? PORT : server.getPort();
        NutAnswer listed = nut(host, port, "").upses(PATIENCE);
        if (!(listed instanceof NutAnswer.Variables names)) {
            throw new UserError("the NUT server " + said + " does not tell: " + listed + ". Nothing was changed.");
        }
        Map<String, Map<String, String>> upses = new TreeMap<>();
        for (String name : names.values().keySet()) {
            upses.put(
                    name,
                    nut(host, port, name).variables(PATIENCE) instanceof NutAnswer.Variables told
                            ? told.values()
                            : Map.of());
        }
        return new Found.Nut(host, port, upses);
    }

    private NutClient nut(String host, int port, String name) {
        return new NutClient(
                world.wiring(),
                world.secrets(),
                new Ups.NutSource(host, port, name, Optional.empty(), PATIENCE, Optional.empty()),
                Optional.empty());
    }
}
