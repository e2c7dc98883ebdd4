package io.ridethrough.camel.hands;

import io.ridethrough.contract.Asset;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Nas;
import io.ridethrough.contract.Node;
import io.ridethrough.contract.ProofOfOff;
import io.ridethrough.contract.SshAccess;
import io.ridethrough.contract.WakeWay;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a node and a NAS have in common: they power off, and are woken. */
record PowerHost(
        AssetId id,
        Kind kind,
        String address,
        SshAccess ssh,
        ProofOfOff proof,
        Duration off,
        Duration boot,
        List<WakeWay> wake) {
    enum Kind {
        NODE,
        NAS
    }

    static Optional<PowerHost> of(Asset asset) {
        if (asset instanceof Node n) {
            return Optional.of(new PowerHost(
                    n.id(), Kind.NODE, n.address(), n.ssh(), n.proofOfOff(), n.off(), n.boot(), n.wake()));
        }
        if (asset instanceof Nas n) {
            return Optional.of(
                    new PowerHost(n.id(), Kind.NAS, n.address(), n.ssh(), n.proofOfOff(), n.off(), n.boot(), n.wake()));
        }
        return Optional.empty();
    }

    /** The ports that must fall silent; its SSH port where none is declared. */
    List<Integer> proofPorts() {
        return proof.ports().isEmpty() ? List.of(ssh.port()) : proof.ports();
    }

    /** From when on silence alone is believed, as inferred (R20). */
    Duration silenceBelieved() {
        return off.plusSeconds(60);
    }
}
