package io.ridethrough.cli;

import io.ridethrough.contract.ApiAccess;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.HomeAssistant;
import io.ridethrough.contract.Nas;
import io.ridethrough.contract.Node;
import io.ridethrough.contract.ProofOfOff;
import io.ridethrough.contract.SshAccess;
import io.ridethrough.contract.Stewardship;
import io.ridethrough.discover.Found;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Assets of which nothing is known but how they are asked. */
final class Unknown {
    private static final Stewardship NOBODYS = new Stewardship("", "", 4, "");
    private static final ProofOfOff NONE = new ProofOfOff(List.of(22), Duration.ZERO);

    private Unknown() {}

    static Node node(AssetId id, String host, ApiAccess api) {
        return node(id, host, new SshAccess(host, 22, "root", "", false), Optional.of(api));
    }

    /** Logs in with the secret that the site's own hosts have. */
    static Node node(AssetId id, String host, Found.By.Login login) {
        boolean sudo = !login.user().equals("root");
        return node(
                id, host, new SshAccess(host, login.port(), login.user(), "ssh/" + id.site(), sudo), Optional.empty());
    }

    private static Node node(AssetId id, String host, SshAccess ssh, Optional<ApiAccess> api) {
        return new Node(
                id,
                id.name(),
                NOBODYS,
                id.name(),
                "",
                host,
                ssh,
                api,
                Optional.empty(),
                Set.of(),
                Set.of(),
                List.of(),
                NONE,
                Duration.ZERO,
                Duration.ZERO,
                1,
                1,
                Duration.ZERO,
                List.of());
    }

    static Nas nas(AssetId id, String host, ApiAccess api) {
        return new Nas(
                id,
                id.name(),
                NOBODYS,
                host,
                new SshAccess(host, 22, "root", "", false),
                Optional.of(api),
                Set.of(),
                Set.of(),
                List.of(),
                NONE,
                Duration.ZERO,
                Duration.ZERO,
                List.of());
    }

    static HomeAssistant home(AssetId id, ApiAccess api) {
        return new HomeAssistant(id, api, Set.of(), Duration.ZERO, List.of(), Optional.empty());
    }
}
