package io.ridethrough.target.proxmox.api;

import io.ridethrough.contract.ApiAccess;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Node;
import io.ridethrough.target.Secret;
import io.ridethrough.target.Secrets;
import io.ridethrough.target.https.HttpReply;
import io.ridethrough.target.https.Https;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** Requests with the token of their node. A token that was refused is not shown again: only another one is. */
final class ApiCalls {
    private final Https https;
    private final Secrets secrets;
    private final Map<AssetId, String> refused = new ConcurrentHashMap<>();

    ApiCalls(Https https, Secrets secrets) {
        this.https = https;
        this.secrets = secrets;
    }

    CompletionStage<Reply> send(Node node, Request request, Duration limit) {
        String token;
        try {
            ApiAccess api = node.api().orElseThrow();
            token = secrets.secret(api.secret()).text();
        } catch (Secrets.UnusableSecretException e) {
            return done(new Reply.Unusable(Reply.Why.LOGIN, String.valueOf(e.getMessage())));
        }
        if (token.equals(refused.get(node.id()))) {
            return done(new Reply.Unusable(
                    Reply.Why.LOGIN, "its token was refused before; it is not tried again until it is replaced"));
        }
        return https.send(node.id(), request.call(limit).with("Authorization", Secret.of("PVEAPIToken=" + token)))
                .thenApply(reply -> {
                    if (reply instanceof HttpReply.Answered answered && answered.status() == 401) {
                        refused.put(node.id(), token);
                    }
                    return Reply.of(reply);
                });
    }

    private static CompletionStage<Reply> done(Reply reply) {
        return CompletableFuture.completedFuture(reply);
    }
}
