package io.ridethrough.camel.hands;

import io.ridethrough.target.Secrets;
import io.ridethrough.target.https.HttpReply;
import io.ridethrough.target.https.Https;
import java.util.concurrent.CompletableFuture;

/** For worlds whose targets have no interface of their own. */
final class NoInterfaces {
    static final Https HTTPS = (target, call) -> CompletableFuture.completedFuture(
            new HttpReply.Undelivered(HttpReply.Cause.UNDECLARED, "no interface in this test"));
    static final Secrets SECRETS = name -> {
        throw new Secrets.UnusableSecretException("no secret in this test");
    };

    private NoInterfaces() {}
}
