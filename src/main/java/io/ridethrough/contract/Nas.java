package io.ridethrough.contract;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A network storage unit: last down and first up, because others mount it. */
public record Nas(
        AssetId id,
        String title,
        Stewardship stewardship,
        String address,
        SshAccess ssh,
        Optional<ApiAccess> api,
        Set<AssetId> needs,
        Set<AssetId> reachedThrough,
        List<String> exports,
        ProofOfOff proofOfOff,
        Duration off,
        Duration boot,
        List<WakeWay> wake)
        implements Asset {
    public Nas {
        needs = Set.copyOf(needs);
        reachedThrough = Set.copyOf(reachedThrough);
        exports = List.copyOf(exports);
        wake = List.copyOf(wake);
    }
}
