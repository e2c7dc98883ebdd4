package io.ridethrough.lab;

import io.ridethrough.contract.Asset;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Device;
import io.ridethrough.contract.Guest;
import io.ridethrough.contract.Nas;
import io.ridethrough.contract.Node;
import io.ridethrough.contract.Probe;
import io.ridethrough.contract.Site;
import io.ridethrough.contract.SshAccess;
import io.ridethrough.contract.Stack;
import io.ridethrough.contract.Ups;
import io.ridethrough.contract.WakeWay;
import io.ridethrough.lab.host.LabClock;
import io.ridethrough.lab.host.LabModel;
import io.ridethrough.lab.host.LabShell;
import io.ridethrough.lab.host.LabSshd;
import io.ridethrough.lab.host.Machine;
import io.ridethrough.lab.host.SshFiles;
import io.ridethrough.lab.net.LabBroker;
import io.ridethrough.lab.net.LabNut;
import io.ridethrough.lab.net.LabPort;
import io.ridethrough.lab.net.NameServer;
import io.ridethrough.lab.net.ReservedPort;
import io.ridethrough.lab.net.TcpResponders;
import io.ridethrough.lab.net.WakeEar;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every declared address of the contracts, each with something on loopback that answers for it. */
final class LabStreets implements AutoCloseable {
    private final LabModel model;
    private final LabClock clock;
    private final LabShell shell;
    private final SshFiles files;
    private final Path stateDir;
    private final Path knownHosts;
    private final TcpResponders responders = new TcpResponders();
    private final Map<HostPort, InetSocketAddress> tcp = new LinkedHashMap<>();
    private final Map<HostPort, InetSocketAddress> udp = new LinkedHashMap<>();
    private final Map<HostPort, LabPort> ports = new LinkedHashMap<>();
    private final Map<HostPort, LabSshd> sshds = new LinkedHashMap<>();
    private final Map<HostPort, LabNut> nuts = new LinkedHashMap<>();
    private final List<AutoCloseable> open = new ArrayList<>();
    private final LabInterfaces interfaces;

    LabStreets(LabModel model, LabClock clock, Path stateDir) {
        this.model = model;
        this.clock = clock;
        shell = new LabShell(model);
        interfaces = new LabInterfaces(model, this::interfacePort);
        files = new SshFiles(stateDir);
        this.stateDir = stateDir;
        knownHosts = stateDir.resolve("known_hosts");
    }

    /** Lays out every site; afterwards {@link #comply} opens what is up. */
    void open() {
        for (Site site : model.contracts().sites().values()) {
            site.assets().forEach(this::ssh);
            interfaces.open(site);
            site.probes().forEach(this::probe);
            site.assets().forEach(this::plainPorts);
            site.nodes().forEach(node -> node.wake().forEach(this::ear));
            site.nases().forEach(nas -> nas.wake().forEach(this::ear));
        }
        files.writeKnownHosts();
        comply();
    }

    /** Opens and closes ports as their assets are up or down. */
    void comply() {
        sshds.values().forEach(LabSshd::comply);
        interfaces.comply();
        nuts.values().forEach(LabNut::comply);
        ports.values().forEach(port -> port.comply(responders));
    }

    private void ssh(Asset asset) {
        if (asset instanceof Node node) {
            ssh(node.id(), node.ssh(), node.address());
        } else if (asset instanceof Nas nas) {
            ssh(nas.id(), nas.ssh(), nas.address());
        } else if (asset instanceof Guest guest) {
            guest.ssh().ifPresent(access -> ssh(guest.id(), access, access.host()));
        } else if (asset instanceof Stack stack) {
            ssh(stack.runsOn(), stack.ssh(), stack.ssh().host());
        }
    }

    private void ssh(AssetId id, SshAccess access, String address) {
        HostPort declared = new HostPort(access.host(), access.port());
        Machine machine = model.machine(id).orElseThrow(() -> new IllegalArgumentException("no machine carries " + id));
        LabSshd sshd = sshds.computeIfAbsent(declared, d -> sshd(machine, access, address));
        if (sshd.machine() != machine) {
            throw new IllegalArgumentException(declared + " is declared for "
                    + sshd.machine().id() + " and for " + id + ": the lab cannot be both");
        }
        sshd.letIn(access.user(), files.client(access.identity()));
    }

    private LabSshd sshd(Machine machine, SshAccess access, String address) {
        ReservedPort port = reserve(new HostPort(access.host(), access.port()));
        tcp.putIfAbsent(new HostPort(address, access.port()), port.address());
        KeyPair hostKey = SshFiles.newKey();
        files.pin(access.host(), access.port(), port.port(), hostKey.getPublic());
        LabSshd made = new LabSshd(machine, shell, clock, port.port(), hostKey);
        open.add(made);
        return made;
    }

    /** A port that is an interface's own: a proof of off that knocks at the asset's address is heard by it too. */
    private int interfacePort(HostPort declared, String address) {
        ReservedPort port = reserve(declared);
        tcp.putIfAbsent(new HostPort(address, declared.port()), port.address());
        return port.port();
    }

    LabInterfaces interfaces() {
        return interfaces;
    }

    private ReservedPort reserve(HostPort declared) {
        ReservedPort port = new ReservedPort();
        open.add(port);
        tcp.put(declared, port.address());
        return port;
    }

    private void probe(Probe probe) {
        if (probe instanceof Probe.Http http) {
            URI url = URI.create(http.url());
            int port = url.getPort() > 0 ? url.getPort() : url.getScheme().equals("https") ? 443 : 80;
            String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
            String target = url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
            int code = http.expect().stream().sorted().findFirst().orElse(200);
            port(new HostPort(url.getHost(), port), http.asset()).http(target, http.asset(), code);
        } else if (probe instanceof Probe.Tcp plain) {
            port(new HostPort(plain.host(), plain.port()), plain.asset());
        } else if (probe instanceof Probe.Dns dns) {
            HostPort declared = new HostPort(dns.server(), dns.port());
            port(declared, dns.asset()).dns();
            if (!udp.containsKey(declared)) {
                NameServer server = new NameServer(
                        () -> clock.ask(() -> model.isUp(dns.asset())),
                        name -> clock.ask(() -> model.blocks(dns.asset(), name)));
                open.add(server);
                udp.put(declared, server.address());
            }
        }
    }

    /** The port answering for {@code declared}; SSH's own ports are left alone. */
    private LabPort port(HostPort declared, AssetId asset) {
        LabPort known = ports.get(declared);
        if (known != null) {
            known.alsoFor(asset);
            return known;
        }
        if (tcp.containsKey(declared)) {
            return new LabPort(model, new InetSocketAddress(0), asset);
        }
        LabPort made = new LabPort(model, reserve(declared).address(), asset);
        open.add(made);
        ports.put(declared, made);
        return made;
    }

    private void plainPorts(Asset asset) {
        if (asset instanceof Node node) {
            node.proofOfOff().ports().forEach(port -> port(new HostPort(node.address(), port), node.id()));
        } else if (asset instanceof Nas nas) {
            nas.proofOfOff().ports().forEach(port -> port(new HostPort(nas.address(), port), nas.id()));
        } else if (asset instanceof Device device) {
            device.address().ifPresent(address -> device.ports()
                    .forEach(port -> port(new HostPort(address, port), device.id())));
        }
    }

    private void ear(WakeWay way) {
        if (way instanceof WakeWay.WakeOnLan lan) {
            udp.computeIfAbsent(new HostPort(lan.broadcast(), lan.port()), declared -> {
                WakeEar ear = new WakeEar(mac -> clock.run(() -> model.magicPacket(mac)));
                open.add(ear);
                return ear.address();
            });
        }
    }

    /** A broker for that address; not started. */
    LabBroker newBroker(String declared) {
        return isSecure(declared)
                ? new LabBroker(interfaces.keys(URI.create(declared).getHost(), stateDir))
                : new LabBroker();
    }

    private static boolean isSecure(String declared) {
        return declared.startsWith("ssl:");
    }

    void broker(String declared, LabBroker broker) {
        URI uri = URI.create(declared);
        int usual = isSecure(declared) ? 8883 : 1883;
        int port = uri.getPort() > 0 ? uri.getPort() : usual;
        tcp.put(new HostPort(uri.getHost(), port), broker.servedPort().address());
    }

    /** The NUT server that stands there; one for all UPSes that name it. It speaks TLS where the first of them says so. */
    LabNut nut(Ups.NutSource source) {
        return nuts.computeIfAbsent(new HostPort(source.host(), source.port()), declared -> {
            LabNut server = new LabNut(source.tls().map(pinned -> interfaces.tls(source.host())));
            open.add(server);
            tcp.put(declared, server.address());
            return server;
        });
    }

    LabWiring wiring(Map<String, String> brokers) {
        return new LabWiring(
                tcp, udp, brokers, knownHosts, files.identities(), interfaces.authority(), interfaces.logins());
    }

    @Override
    public void close() {
        interfaces.close();
        for (AutoCloseable each : open) {
            try {
                each.close();
            } catch (Exception e) {
                throw new IllegalStateException("the lab did not close " + each, e);
            }
        }
        responders.close();
    }
}
