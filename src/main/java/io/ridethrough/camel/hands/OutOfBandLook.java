package io.ridethrough.camel.hands;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Device;
import io.ridethrough.contract.Site;
import io.ridethrough.contract.SshAccess;
import io.ridethrough.plan.Step;
import io.ridethrough.run.Sight;
import io.ridethrough.target.ssh.SshHosts;
import io.ridethrough.target.tailnet.Tailnet;
import io.ridethrough.target.tcp.Knock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * GUARD: the way in stays open. Another allowed router carries the LAN of the site whose guard this is, and the declared
 * devices answer. Every finding is told, not the first alone.
 */
final class OutOfBandLook implements LookOnly {
    private static final Duration KNOCK = Duration.ofSeconds(3);

    private final Tools tools;

    OutOfBandLook(Tools tools) {
        this.tools = tools;
    }

    private sealed interface Finding {
        record Well(String what) implements Finding {}

        record Wrong(String what) implements Finding {}

        record Unseen(String what) implements Finding {}
    }

    @Override
    public CompletionStage<Sight> look(Step step) {
        List<Site> guarded = tools.contracts().sites().values().stream()
                .filter(site -> site.outOfBand().required()
                        && site.outOfBand().askedOn().equals(step.asset()))
                .toList();
        if (guarded.isEmpty()) {
            return CompletableFuture.completedFuture(new Sight.Desired("no way in is required from here"));
        }
        List<CompletableFuture<Finding>> findings = new ArrayList<>();
        for (Site site : guarded) {
            findings.add(router(site).toCompletableFuture());
            for (AssetId device : new TreeSet<>(site.outOfBand().devices())) {
                findings.addAll(answers(device));
            }
        }
        return CompletableFuture.allOf(findings.toArray(new CompletableFuture<?>[0]))
                .thenApply(done ->
                        sight(findings.stream().map(CompletableFuture::join).toList()));
    }

    private CompletionStage<Finding> router(Site site) {
        AssetId asked = site.outOfBand().askedOn().orElseThrow();
        boolean sudo = tools.contracts()
                .asset(asked)
                .flatMap(SshHosts::accessOf)
                .map(SshAccess::sudo)
                .orElse(false);
        return tools.shell().run(asked, Tailnet.ask(sudo)).thenApply(result -> judged(site, Tailnet.read(result)));
    }

    private static Finding judged(Site site, Tailnet tailnet) {
        if (tailnet instanceof Tailnet.Unreadable unreadable) {
            return new Finding.Unseen("who routes " + site.lan() + " is not known: " + unreadable.why());
        }
        if (tailnet instanceof Tailnet.NotRunning stopped) {
            return new Finding.Wrong("tailscale there is " + stopped.backendState());
        }
        Tailnet.Running running = (Tailnet.Running) tailnet;
        return running.routerOf(site.lan(), site.outOfBand().routers())
                .<Finding>map(peer -> new Finding.Well(peer + " routes " + site.lan()))
                .orElseGet(() -> new Finding.Wrong("no allowed router carries " + site.lan() + "; carried by "
                        + (running.carriers(site.lan()).isEmpty() ? "nobody" : running.carriers(site.lan()))));
    }

    private List<CompletableFuture<Finding>> answers(AssetId id) {
        Optional<Device> device = tools.contracts()
                .asset(id)
                .filter(Device.class::isInstance)
                .map(Device.class::cast)
                .filter(d -> d.address().isPresent() && !d.ports().isEmpty());
        if (device.isEmpty()) {
            return List.of(
                    CompletableFuture.completedFuture(new Finding.Wrong(id + " declares no address and port to ask")));
        }
        String address = device.get().address().orElseThrow();
        return device.get().ports().stream()
                .map(port -> tools.knock()
                        .knock(address, port, KNOCK)
                        .thenApply(heard -> heard(id + " port " + port, heard))
                        .toCompletableFuture())
                .toList();
    }

    private static Finding heard(String where, Knock.Heard heard) {
        return switch (heard.sign()) {
            case ACCEPTED -> new Finding.Well(where + " answers");
            case REFUSED, UNANSWERED -> new Finding.Wrong(where + ": " + heard.why());
            case BLIND -> new Finding.Unseen(where + ": " + heard.why());
        };
    }

    private static Sight sight(List<Finding> findings) {
        List<String> wrong = new ArrayList<>();
        List<String> unseen = new ArrayList<>();
        List<String> well = new ArrayList<>();
        for (Finding finding : findings) {
            if (finding instanceof Finding.Wrong f) {
                wrong.add(f.what());
            } else if (finding instanceof Finding.Unseen f) {
                unseen.add(f.what());
            } else {
                well.add(((Finding.Well) finding).what());
            }
        }
        if (!wrong.isEmpty()) {
            wrong.addAll(unseen);
            return new Sight.Other(String.join("; ", wrong));
        }
        return unseen.isEmpty()
                ? new Sight.Desired(String.join("; ", well))
                : new Sight.Unseen(String.join("; ", unseen));
    }
}
