package io.ridethrough.ready;

import io.ridethrough.contract.AssetId;
import io.ridethrough.target.way.Told;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * One way to one target, to be tried on its own.
 *
 * @param way what people call it, for example {@code API} or {@code SSH}
 * @param ask logs in and asks what changes nothing; its stage may fail, and may never end
 */
public record Trial(AssetId target, String way, Supplier<CompletionStage<Told>> ask) {}
