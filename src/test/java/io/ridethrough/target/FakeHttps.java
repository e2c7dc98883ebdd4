package io.ridethrough.target;

import io.ridethrough.contract.AssetId;
import io.ridethrough.target.https.HttpCall;
import io.ridethrough.target.https.HttpReply;
import io.ridethrough.target.https.Https;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Interfaces that answer calls by a script: each call takes the next answer, the last one stays. */
public final class FakeHttps implements Https {
    private final Map<String, Deque<HttpReply>> script = new LinkedHashMap<>();
    private final List<HttpCall> sent = new ArrayList<>();

    /** What {@code METHOD path} is answered, one after the other. */
    public FakeHttps on(String call, HttpReply... replies) {
        script.put(call, new ArrayDeque<>(List.of(replies)));
        return this;
    }

    public FakeHttps data(String call, String json) {
        return on(call, answered(200, "OK", "{\"data\":" + json + "}"));
    }

    public FakeHttps says(String call, int status, String reason) {
        return on(call, answered(status, reason, "{\"data\":null}"));
    }

    public static HttpReply answered(int status, String reason, String body) {
        return new HttpReply.Answered(status, reason, Map.of(), body);
    }

    /** What was sent: method, path, and the form or query behind it. */
    public List<String> sent() {
        return sent.stream()
                .map(call -> (call + " "
                                + call.query()
                                + call.body().map(body -> body.content().text()).orElse(""))
                        .strip())
                .toList();
    }

    public List<HttpCall> calls() {
        return List.copyOf(sent);
    }

    @Override
    public CompletionStage<HttpReply> send(AssetId target, HttpCall call) {
        sent.add(call);
        Deque<HttpReply> replies = script.get(call.toString());
        if (replies == null) {
            return CompletableFuture.completedFuture(
                    answered(501, "Method '" + call + "' not implemented", "{\"data\":null}"));
        }
        HttpReply next = replies.size() > 1 ? replies.remove() : replies.element();
        return CompletableFuture.completedFuture(next);
    }
}
