package io.ridethrough.camel.hands;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Ups;
import io.ridethrough.target.FakeKnock;
import io.ridethrough.target.Secrets;
import io.ridethrough.target.VirtualTime;
import io.ridethrough.target.Wiring;
import io.ridethrough.target.homeassistant.HomeAsk;
import io.ridethrough.target.https.HttpReply;
import io.ridethrough.target.https.Https;
import io.ridethrough.target.nut.NutClient;
import io.ridethrough.target.probe.NameQuery;
import io.ridethrough.target.probe.Probes;
import io.ridethrough.target.ssh.Shell;
import io.ridethrough.target.tcp.Knock;
import io.ridethrough.target.wake.Waker;
import io.ridethrough.target.way.Told;
import io.ridethrough.target.way.Way;
import java.net.InetSocketAddress;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

/** For worlds whose targets have no interface of their own. */
final class NoInterfaces {
    static final Https HTTPS = (target, call) -> CompletableFuture.completedFuture(
            new HttpReply.Undelivered(HttpReply.Cause.UNDECLARED, "no interface in this test"));
    static final Secrets SECRETS = name -> {
        throw new Secrets.UnusableSecretException("no secret in this test");
    };

    static final Wiring NOWHERE = new Wiring() {
        @Override
        public InetSocketAddress tcp(String host, int port) {
            throw new IllegalStateException("nothing leaves this test");
        }

        @Override
        public InetSocketAddress udp(String host, int port) {
            throw new IllegalStateException("nothing leaves this test");
        }
    };

    static final BiFunction<AssetId, Ups.NutSource, NutClient> NUT = (ups, source) -> {
        throw new AssertionError("no NUT server in this test: " + ups);
    };

    static final Way<HomeAsk> HOMES =
            (target, ask) -> CompletableFuture.completedFuture(new Told.Barred("no Home Assistant in this test"));

    private NoInterfaces() {}

    /** Hosts that are reached by their command line alone; nothing listens anywhere. */
    static Tools tools(Contracts contracts, Shell shell, VirtualTime time) {
        return tools(contracts, shell, new FakeKnock(), HOMES, time);
    }

    /** The same, with what is heard at their ports, and Home Assistants. */
    static Tools tools(Contracts contracts, Shell shell, Knock knock, Way<HomeAsk> homes, VirtualTime time) {
        return new Tools(
                () -> contracts,
                shell,
                BySsh.nodes(contracts, shell),
                BySsh.nases(contracts, shell),
                homes,
                host -> OptionalLong.empty(),
                knock,
                new Waker(NOWHERE, time),
                new Probes(
                        shell,
                        knock,
                        url -> CompletableFuture.failedFuture(new AssertionError("no probe by HTTP in this test")),
                        new NameQuery(NOWHERE, Runnable::run),
                        time),
                HTTPS,
                SECRETS,
                NUT,
                Runnable::run,
                time);
    }
}
