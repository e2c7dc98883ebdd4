package io.ridethrough.camel.hands;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Ups;
import io.ridethrough.target.Secrets;
import io.ridethrough.target.homeassistant.HomeAsk;
import io.ridethrough.target.https.HttpReply;
import io.ridethrough.target.https.Https;
import io.ridethrough.target.nut.NutClient;
import io.ridethrough.target.way.Told;
import io.ridethrough.target.way.Way;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

/** For worlds whose targets have no interface of their own. */
final class NoInterfaces {
    static final Https HTTPS = (target, call) -> CompletableFuture.completedFuture(
            new HttpReply.Undelivered(HttpReply.Cause.UNDECLARED, "no interface in this test"));
    static final Secrets SECRETS = name -> {
        throw new Secrets.UnusableSecretException("no secret in this test");
    };

    static final BiFunction<AssetId, Ups.NutSource, NutClient> NUT = (ups, source) -> {
        throw new AssertionError("no NUT server in this test: " + ups);
    };

    static final Way<HomeAsk> HOMES =
            (target, ask) -> CompletableFuture.completedFuture(new Told.Barred("no Home Assistant in this test"));

    private NoInterfaces() {}
}
