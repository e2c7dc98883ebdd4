package io.ridethrough.camel.hands;

import io.ridethrough.plan.Step;
import io.ridethrough.target.BootId;
import io.ridethrough.target.Said;
import io.ridethrough.target.tcp.Knock.Heard;
import io.ridethrough.target.tcp.Knock.Sign;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/** Looks at nodes and NAS from outside, then by their own word. */
final class Hosts {
    private static final Duration KNOCK = Duration.ofSeconds(1);

    private final Tools tools;
    private final PowerKnowledge power;

    Hosts(Tools tools, PowerKnowledge power) {
        this.tools = tools;
        this.power = power;
    }

    /** How a host stands. */
    sealed interface Standing {
        /** It answers over SSH, with this boot. */
        record On(BootId boot) implements Standing {}

        /** Something of it answers, but not its SSH as it should. */
        record Partly(String why) implements Standing {}

        /**
         * Every one of its ports refuses or does not answer.
         *
         * @param refuses whether any refuses: then something of it lives, and may be on its way
         */
        record Silent(String why, boolean refuses) implements Standing {}

        /** We could not ask. */
        record Blind(String why) implements Standing {}
    }

    Optional<PowerHost> of(Step step) {
        return step.asset().flatMap(tools.contracts()::asset).flatMap(PowerHost::of);
    }

    /** Knocks before it asks, so that a host that is off costs no login attempt and trips no breaker. */
    CompletionStage<Standing> standing(PowerHost host) {
        CompletableFuture<Heard> ssh =
                tools.knock().knock(host.ssh().host(), host.ssh().port(), KNOCK).toCompletableFuture();
        List<CompletableFuture<Heard>> others = host.proofPorts().stream()
                .filter(port -> port != host.ssh().port())
                .map(port -> tools.knock().knock(host.address(), port, KNOCK).toCompletableFuture())
                .toList();
        CompletableFuture<?>[] all =
                Stream.concat(Stream.of(ssh), others.stream()).toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(all)
                .thenCompose(done -> ssh.join().sign() == Sign.ACCEPTED
                        ? asked(host)
                        : CompletableFuture.completedFuture(unanswered(
                                ssh.join(),
                                others.stream().map(CompletableFuture::join).toList())));
    }

    private CompletionStage<Standing> asked(PowerHost host) {
        return tools.shell().run(host.id(), BootId.ask()).thenApply(result -> {
            Optional<BootId> boot = BootId.read(result);
            if (boot.isEmpty()) {
                return new Standing.Partly("its SSH port accepts, but: " + Said.by(result));
            }
            if (!power.isGoingOff(host.id(), boot.get())) {
                power.booted(host.id(), boot.get());
            }
            return new Standing.On(boot.get());
        });
    }

    private static Standing unanswered(Heard ssh, List<Heard> others) {
        String said = "SSH " + ssh.why();
        if (others.stream().anyMatch(heard -> heard.sign() == Sign.ACCEPTED)) {
            return new Standing.Partly(said + ", another port accepts");
        }
        List<Heard> all = Stream.concat(Stream.of(ssh), others.stream()).toList();
        return all.stream().anyMatch(heard -> heard.sign() == Sign.BLIND)
                ? new Standing.Blind(said)
                : new Standing.Silent(said, all.stream().anyMatch(heard -> heard.sign() == Sign.REFUSED));
    }
}
