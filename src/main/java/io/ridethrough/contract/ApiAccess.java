package io.ridethrough.contract;

import java.util.Optional;

/**
 * How a target's own HTTP interface is reached.
 *
 * @param url its root, for example {@code https://192.0.2.10:8006}; {@code http} only where the target has no TLS
 * @param secret the name of the secret that logs in, for example {@code proxmox/home}
 * @param tls what its certificate must be; absent when that is pinned on the machine that runs the product
 */
public record ApiAccess(String url, String secret, Optional<Tls> tls) {
    /** What the certificate must be: exactly one of both is there. */
    public record Tls(Optional<String> authority, Optional<String> fingerprint) {}
}
