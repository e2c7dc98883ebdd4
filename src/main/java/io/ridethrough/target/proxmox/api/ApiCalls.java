package io.ridethrough.target.proxmox.api;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Node;
import io.ridethrough.target.Secret;
import io.ridethrough.target.Secrets;
import io.ridethrough.target.https.HttpReply;
import io.ridethrough.target.https.Https;
import io.ridethrough.target.https.RefusedLogins;
import io.ridethrough.target.https.Reply;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Requests with the token of their node. A token that was refused is not shown again: only another one is. */
final class ApiCalls {
    private final Https https;
    private final RefusedLogins logins;

    ApiCalls(Https https, Secrets secrets) {
        this.https = https;
        this.logins = new RefusedLogins(secrets);
    }

    void forgive(AssetId node) {
        logins.forgive(node);
    }

    CompletionStage<Reply> send(Node node, Request request, Duration limit) {
        Secret token;
        try {
            token = logins.of(node.id(), node.api().orElseThrow().secret());
        } catch (RefusedLogins.NoLoginException e) {
            return CompletableFuture.completedFuture(e.reply());
        }
        Secret shown = Secret.of("PVEAPIToken=" + token.text());
        return https.send(node.id(), request.call(limit).with("Authorization", shown))
                .thenApply(reply -> {
                    if (reply instanceof HttpReply.Answered answered && answered.status() == 401) {
                        logins.refuse(node.id(), token);
                    }
                    return ApiAnswer.of(reply);
                });
    }
}
