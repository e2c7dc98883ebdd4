package io.ridethrough.target;

import io.ridethrough.target.tcp.Knock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Ports that accept until told otherwise. */
public final class FakeKnock implements Knock {
    private final Map<String, Sign> signs = new HashMap<>();
    private Sign all = Sign.ACCEPTED;
    private int knocks;

    public void all(Sign sign) {
        all = sign;
        signs.clear();
    }

    public void port(String host, int port, Sign sign) {
        signs.put(host + ":" + port, sign);
    }

    public int knocks() {
        return knocks;
    }

    @Override
    public CompletionStage<Heard> knock(String host, int port, Duration limit) {
        knocks++;
        Sign sign = signs.getOrDefault(host + ":" + port, all);
        return CompletableFuture.completedFuture(new Heard(sign, sign.name().toLowerCase(java.util.Locale.ROOT)));
    }
}
