package io.ridethrough.cli;

import io.ridethrough.camel.LoneHttps;
import io.ridethrough.contract.ApiAccess;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Node;
import io.ridethrough.contract.SiteId;
import io.ridethrough.contract.UnifiController;
import io.ridethrough.discover.Found;
import io.ridethrough.target.dsm.DsmWay;
import io.ridethrough.target.homeassistant.HomeAsk;
import io.ridethrough.target.homeassistant.HomeLogins;
import io.ridethrough.target.homeassistant.HomeTold;
import io.ridethrough.target.homeassistant.RestWay;
import io.ridethrough.target.homeassistant.SocketWay;
import io.ridethrough.target.https.Https;
import io.ridethrough.target.nas.NasAsk;
import io.ridethrough.target.nas.NasTold;
import io.ridethrough.target.proxmox.api.Inventory;
import io.ridethrough.target.ssh.KeptSsh;
import io.ridethrough.target.ssh.SshHosts;
import io.ridethrough.target.ssh.SshLimits;
import io.ridethrough.target.unifi.IntegrationWay;
import io.ridethrough.target.unifi.UnifiAsk;
import io.ridethrough.target.unifi.UnifiTold;
import io.ridethrough.target.way.Told;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Asks what there is at a site of which nothing is declared, by the product's own clients. */
record Looking(SiteId site, Service.World world, Path routes) {
    private static final String INTERFACE = "interface-";

    /** Which of the asked interfaces it is, from 0. */
    static Optional<Integer> number(SiteId site, AssetId target) {
        return target.site().equals(site) && target.name().startsWith(INTERFACE)
                ? Optional.of(Integer.parseInt(target.name().substring(INTERFACE.length())))
                : Optional.empty();
    }

    /** @throws UserError when one of them does not tell: half a site is worse than none */
    Found look(Whom whom) {
        Map<AssetId, String> roots = new TreeMap<>();
        List<URI> interfaces = whom.interfaces();
        for (int i = 0; i < interfaces.size(); i++) {
            roots.put(id(i), interfaces.get(i).toString());
        }
        try (LoneHttps lone = new LoneHttps(routes, world.wiring(), world.pins(), roots)) {
            Https https = lone.https();
            List<Found.Proxmox> nodes = new ArrayList<>();
            int number = 0;
            for (URI url : whom.proxmox) {
                nodes.add(proxmox(https, whom, number++, url));
            }
            whom.ssh.forEach(login -> nodes.add(proxmox(Whom.login(login))));
            List<Found.Unifi> controllers = new ArrayList<>();
            for (URI url : whom.unifi) {
                controllers.add(controller(https, id(number++), url));
            }
            List<Found.Dsm> units = new ArrayList<>();
            for (URI url : whom.dsm) {
                units.add(unit(https, whom, number++, url));
            }
            List<Found.Home> homes = new ArrayList<>();
            for (URI url : whom.homes) {
                homes.add(home(https, whom, number++, url));
            }
            NutLook nut = new NutLook(world);
            return new Found(nodes, whom.nut.stream().map(nut::look).toList(), controllers, units, homes);
        }
    }

    private AssetId id(int number) {
        return new AssetId(site, INTERFACE + number);
    }

    private Found.Proxmox proxmox(Https https, Whom whom, int number, URI url) {
        String token = whom.token == null ? "proxmox/" + site : whom.token;
        Node node = Unknown.node(id(number), url.getHost(), new ApiAccess(url.toString(), token, Optional.empty()));
        Inventory.Seen seen =
                told(url.toString(), Inventory.byApi(https, world.secrets()).look(node));
        return new Found.Proxmox(
                url.getHost(), new Found.By.Api(url.toString(), token, whom.fingerprint(number)), seen);
    }

    /** Its host key must be known: there is no trust on first use. */
    private Found.Proxmox proxmox(URI login) {
        Found.By.Login by = new Found.By.Login(login.getPort() < 0 ? 22 : login.getPort(), login.getUserInfo());
        Node node = Unknown.node(new AssetId(site, "login"), login.getHost(), by);
        SshHosts hosts = new SshHosts(Map.of(node.id(), node.ssh()));
        try (KeptSsh ssh = new KeptSsh(
                hosts, world.secrets(), world.knownHosts(), world.wiring(), SshLimits.standard(), System::nanoTime)) {
            return new Found.Proxmox(
                    login.getHost(),
                    by,
                    told(login.toString(), Inventory.byShell(ssh).look(node)));
        }
    }

    private Found.Unifi controller(Https https, AssetId id, URI url) {
        UnifiController controller = new UnifiController(
                id,
                UnifiController.Form.UNIFI_OS,
                "default",
                new ApiAccess(url.toString(), "unifi/" + site, Optional.empty()),
                Optional.empty());
        IntegrationWay way = new IntegrationWay(https, world.secrets());
        return new Found.Unifi(
                told(url, way.ask(controller, new UnifiAsk.Devices()), UnifiTold.Devices.class)
                        .devices(),
                told(url, way.ask(controller, new UnifiAsk.Clients()), UnifiTold.Clients.class)
                        .clients());
    }

    private Found.Dsm unit(Https https, Whom whom, int number, URI url) {
        var nas =
                Unknown.nas(id(number), url.getHost(), new ApiAccess(url.toString(), "dsm/" + site, Optional.empty()));
        DsmWay way = new DsmWay(https, world.secrets());
        NasTold.Info unit = told(url, way.ask(nas, new NasAsk.Info()), NasTold.Info.class);
        NasTold.PowerSettings power = told(url, way.ask(nas, new NasAsk.PowerSettings()), NasTold.PowerSettings.class);
        told(url.toString(), way.logout(nas));
        return new Found.Dsm(url.getHost(), url.toString(), whom.fingerprint(number), unit, power);
    }

    private Found.Home home(Https https, Whom whom, int number, URI url) {
        var home = Unknown.home(id(number), new ApiAccess(url.toString(), "home-assistant/" + site, Optional.empty()));
        HomeLogins logins = new HomeLogins(world.secrets());
        HomeTold.Running runs =
                told(url, new RestWay(https, logins).ask(home, new HomeAsk.State()), HomeTold.Running.class);
        SocketWay socket = new SocketWay(world.wiring(), world.pins(), logins, Runnable::run, 1);
        return new Found.Home(
                url.getHost(),
                url.toString(),
                whom.fingerprint(number),
                runs.version(),
                told(url, socket.ask(home, new HomeAsk.AddOns()), HomeTold.AddOns.class));
    }

    private static <T extends Told> T told(URI url, CompletionStage<Told> asked, Class<T> wanted) {
        Told told = told(url.toString(), asked);
        if (!wanted.isInstance(told)) {
            throw new UserError(url + " does not tell: " + told.words() + ". Nothing was changed.");
        }
        return wanted.cast(told);
    }

    private static <T> T told(String who, CompletionStage<T> asked) {
        try {
            return asked.toCompletableFuture().join();
        } catch (CompletionException e) {
            String why = String.valueOf(
                    e.getCause() == null ? e.getMessage() : e.getCause().getMessage());
            String help = why.contains("certificate")
                    ? ". Read its fingerprint on the machine itself and say it with --fingerprint"
                    : "";
            UserError error = new UserError(who + " does not tell: " + why + help + ". Nothing was changed.");
            error.initCause(e);
            throw error;
        }
    }
}
