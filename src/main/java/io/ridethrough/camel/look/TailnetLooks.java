package io.ridethrough.camel.look;

import io.ridethrough.contract.Asset;
import io.ridethrough.contract.Control;
import io.ridethrough.contract.Posture;
import io.ridethrough.contract.Site;
import io.ridethrough.contract.SshAccess;
import io.ridethrough.standard.Looks;
import io.ridethrough.standard.Subject;
import io.ridethrough.target.ssh.Shell;
import io.ridethrough.target.ssh.SshHosts;
import io.ridethrough.target.tailnet.Tailnet;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** Who is on the tailnet of a site, who has long been away, and which subnets are carried (protocols 8). */
final class TailnetLooks implements Looks {
    private final Shell shell;
    private final InstantSource clock;

    TailnetLooks(Shell shell, InstantSource clock) {
        this.shell = shell;
        this.clock = clock;
    }

    @Override
    public CompletionStage<Look> look(Control.Probe probe, Subject subject) {
        Site site = subject.site();
        Optional<Posture.Tailnet> declared = site.posture().tailnet();
        if (declared.isEmpty()) {
            return Seeing.seen(Map.of(
                    "running",
                    false,
                    "missing",
                    List.of(),
                    "strangers",
                    List.of(),
                    "away",
                    List.of(),
                    "routes",
                    List.of()));
        }
        boolean sudo = site.assets().stream()
                .filter(asset -> asset.id().equals(declared.get().askedOn()))
                .map((Asset asset) -> SshHosts.accessOf(asset))
                .flatMap(Optional::stream)
                .anyMatch(SshAccess::sudo);
        return shell.run(declared.get().askedOn(), Tailnet.ask(sudo))
                .thenApply(result -> told(Tailnet.read(result), declared.get(), site));
    }

    private Look told(Tailnet tailnet, Posture.Tailnet declared, Site site) {
        if (tailnet instanceof Tailnet.Unreadable unreadable) {
            return new Look.Unseen(unreadable.why());
        }
        if (tailnet instanceof Tailnet.NotRunning stopped) {
            return new Look.Unseen("tailscale there is " + stopped.backendState());
        }
        List<Tailnet.Peer> peers = ((Tailnet.Running) tailnet).peers();
        Set<String> members = peers.stream().map(Tailnet.Peer::dnsName).collect(Collectors.toSet());
        Set<String> known = new HashSet<>(declared.peers());
        known.addAll(declared.others());
        site.outOfBand().routers().forEach(router -> known.add(bare(router)));
        Instant since = clock.instant().minus(declared.offlineFor());
        return new Look.Seen(Map.of(
                "running",
                true,
                "missing",
                declared.peers().stream()
                        .filter(peer -> !members.contains(peer))
                        .toList(),
                "strangers",
                members.stream().filter(peer -> !known.contains(peer)).sorted().toList(),
                "away",
                peers.stream()
                        .filter(peer -> declared.peers().contains(peer.dnsName()) && peer.isAwaySince(since))
                        .map(peer -> peer
                                + (peer.lastSeen().isPresent()
                                        ? ", last seen " + peer.lastSeen().get()
                                        : ""))
                        .toList(),
                "routes",
                peers.stream()
                        .filter(Tailnet.Peer::online)
                        .flatMap(peer -> peer.routes().stream())
                        .distinct()
                        .sorted()
                        .toList()));
    }

    private static String bare(String name) {
        return (name.endsWith(".") ? name.substring(0, name.length() - 1) : name).toLowerCase(Locale.ROOT);
    }
}
