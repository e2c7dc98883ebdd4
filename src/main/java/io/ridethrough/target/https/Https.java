package io.ridethrough.target.https;

import io.ridethrough.contract.AssetId;
import java.util.concurrent.CompletionStage;

/**
 * Calls the HTTP interface of declared targets. Never throws and never sends anything twice: trouble is an {@link
 * HttpReply}. Thread-safe.
 */
public interface Https {
    CompletionStage<HttpReply> send(AssetId target, HttpCall call);
}
