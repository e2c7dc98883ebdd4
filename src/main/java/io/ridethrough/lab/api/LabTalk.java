package io.ridethrough.lab.api;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** One talk over a WebSocket, from the server's side. */
public interface LabTalk {
    /** What is said first. */
    String greeting();

    /** What is said to that; an empty list hangs up. */
    CompletableFuture<List<String>> hear(String text);
}
