package io.ridethrough.contract;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A thing on the network that is not commanded: switch, gateway, camera, radio, BMC.
 *
 * @param role what it is to the site, for example {@code gateway}, {@code switch}, {@code radio}
 * @param ports TCP ports on which it answers when it is well
 */
public record Device(
        AssetId id,
        String title,
        Stewardship stewardship,
        String role,
        Optional<String> address,
        List<String> macs,
        List<Integer> ports,
        Set<AssetId> needs,
        Set<AssetId> reachedThrough)
        implements Asset {
    public Device {
        macs = List.copyOf(macs);
        ports = List.copyOf(ports);
        needs = Set.copyOf(needs);
        reachedThrough = Set.copyOf(reachedThrough);
    }
}
