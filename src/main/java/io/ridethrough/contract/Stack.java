package io.ridethrough.contract;

import java.time.Duration;
import java.util.Set;

/**
 * A docker compose project on a guest or node.
 *
 * @param project compose's project name
 * @param path the folder of its compose file on the host it runs on
 * @param ssh the access of the host it runs on
 * @param grace the time its containers get to stop, where it is stopped by us
 */
public record Stack(
        AssetId id,
        String title,
        Stewardship stewardship,
        String project,
        String path,
        AssetId runsOn,
        SshAccess ssh,
        Set<AssetId> needs,
        Set<AssetId> reachedThrough,
        StopBy stopBy,
        Duration grace,
        Duration stop,
        Duration start)
        implements Asset {
    public Stack {
        needs = Set.copyOf(needs);
        reachedThrough = Set.copyOf(reachedThrough);
    }

    /** How a stack goes down. */
    public enum StopBy {
        /** With its host's own shutdown, so that restart policies still hold at boot. The default. */
        HOST,
        /** {@code compose stop}, in planned work. */
        COMPOSE_STOP,
        /** {@code compose down}, in planned work. */
        COMPOSE_DOWN
    }
}
