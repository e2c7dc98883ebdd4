package io.ridethrough.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.Asset;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Guest;
import io.ridethrough.contract.Nas;
import io.ridethrough.contract.Node;
import io.ridethrough.contract.Probe;
import io.ridethrough.contract.Site;
import io.ridethrough.contract.SshAccess;
import io.ridethrough.contract.load.ContractLoader;
import io.ridethrough.contract.load.Loaded;
import io.ridethrough.contract.load.SourceFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lab of the contracts that this repository declares. */
class LabOfDeclaredSitesTest {
    private static final Path ROOT = Path.of("contracts");

    @Test
    void everyDeclaredAddressOfTheRealSitesHasItsPlaceOnLoopback(@TempDir Path state) {
        Contracts contracts = contracts();
        try (LabWorld world = LabWorld.start(contracts, new LabOptions(20, state))) {
            LabWiring wiring = world.wiring();
            for (Site site : contracts.sites().values()) {
                assertThat(site.probes()).allSatisfy(probe -> assertThat(wiredOr(probe, wiring))
                        .as(probe.id())
                        .isTrue());
                site.power().upses().forEach(ups -> assertThat(wiring.brokers())
                        .containsKey(ups.mqtt().orElseThrow().broker()));
            }
            RealClients client = new RealClients(wiring);
            Map<AssetId, SshAccess> hosts = hosts(contracts);
            assertThat(hosts).isNotEmpty();
            hosts.forEach((id, ssh) -> assertThat(client.ssh(ssh, "uptime").exit())
                    .as(id.toString())
                    .isZero());
            assertThat(world.violations()).isEmpty();
        }
    }

    private static boolean wiredOr(Probe probe, LabWiring wiring) {
        if (probe instanceof Probe.Http http) {
            URI url = URI.create(http.url());
            return wiring.tcp().containsKey(new HostPort(url.getHost(), url.getPort() < 0 ? 80 : url.getPort()));
        }
        if (probe instanceof Probe.Tcp tcp) {
            return wiring.tcp().containsKey(new HostPort(tcp.host(), tcp.port()));
        }
        return !(probe instanceof Probe.Dns dns) || wiring.udp().containsKey(new HostPort(dns.server(), dns.port()));
    }

    private static Map<AssetId, SshAccess> hosts(Contracts contracts) {
        Map<AssetId, SshAccess> hosts = new TreeMap<>();
        contracts.assets().values().forEach(asset -> ssh(asset).ifPresent(ssh -> hosts.put(asset.id(), ssh)));
        return hosts;
    }

    private static Optional<SshAccess> ssh(Asset asset) {
        if (asset instanceof Node node) {
            return Optional.of(node.ssh());
        }
        if (asset instanceof Nas nas) {
            return Optional.of(nas.ssh());
        }
        return asset instanceof Guest guest ? guest.ssh() : Optional.empty();
    }

    private static Contracts contracts() {
        try (Stream<Path> found = Files.walk(ROOT)) {
            List<SourceFile> files = found.filter(file -> file.toString().endsWith(".yaml"))
                    .map(LabOfDeclaredSitesTest::file)
                    .collect(Collectors.toList());
            Loaded loaded = new ContractLoader().load(files);
            assertThat(loaded).as(loaded.render()).isInstanceOf(Loaded.Ok.class);
            return ((Loaded.Ok) loaded).contracts();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SourceFile file(Path file) {
        try {
            return new SourceFile(ROOT.relativize(file).toString(), Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
