package io.ridethrough.target.ssh;

import io.ridethrough.contract.SshAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.client.config.hosts.KnownHostEntry;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;

/**
 * The host keys pinned for one declared address, from a file in OpenSSH's {@code known_hosts} format. Nothing is ever
 * learned from a connection. The file is read for each connection, so that an edit counts at once.
 */
record PinnedHostKeys(Path file, String address, List<PublicKey> pinned, List<PublicKey> revoked) {

    /** Reads the keys of a host, by the address that its contract declares. */
    static PinnedHostKeys read(Path file, SshAccess host) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("there is no known_hosts file " + file + ": host keys are required");
        }
        List<PublicKey> pinned = new ArrayList<>();
        List<PublicKey> revoked = new ArrayList<>();
        for (KnownHostEntry entry : KnownHostEntry.readKnownHostEntries(file)) {
            if (entry.isHostMatch(host.host(), host.port()) && entry.getKeyEntry() != null) {
                String marker = entry.getMarker();
                if (marker == null || marker.isEmpty()) {
                    pinned.add(key(file, entry));
                } else if (marker.equals("revoked")) {
                    revoked.add(key(file, entry));
                }
            }
        }
        return new PinnedHostKeys(file, address(host), pinned, revoked);
    }

    /** Nothing is pinned: every key is objected to. */
    static PinnedHostKeys none(SshAccess host) {
        return new PinnedHostKeys(Path.of("known_hosts"), address(host), List.of(), List.of());
    }

    private static String address(SshAccess host) {
        return host.port() == 22 ? host.host() : "[" + host.host() + "]:" + host.port();
    }

    private static PublicKey key(Path file, KnownHostEntry entry) throws IOException {
        try {
            return entry.getKeyEntry().resolvePublicKey(null, PublicKeyEntryResolver.FAILING);
        } catch (GeneralSecurityException e) {
            throw new IOException(file + " holds a key that cannot be read: " + e.getMessage(), e);
        }
    }

    /** Why this key must not be trusted; empty when it is a pinned one. */
    Optional<String> objectionTo(PublicKey shown) {
        if (holds(revoked, shown)) {
            return Optional.of(address + " showed a key that " + file + " marks as revoked: " + print(shown));
        }
        if (pinned.isEmpty()) {
            return Optional.of("no host key of " + address + " is pinned in " + file + "; it showed " + print(shown)
                    + ". Compare that with the host's console before adding it");
        }
        if (!holds(pinned, shown)) {
            return Optional.of("the host key of " + address + " changed: it showed " + print(shown) + ", pinned is "
                    + String.join(
                            " or ", pinned.stream().map(PinnedHostKeys::print).toList())
                    + " in " + file + ". Nothing was sent; find out why before replacing the line");
        }
        return Optional.empty();
    }

    /** The key types pinned, for example {@code ssh-ed25519}: the host is asked for these first. */
    List<String> types() {
        return pinned.stream().map(KeyUtils::getKeyType).distinct().toList();
    }

    private static boolean holds(List<PublicKey> keys, PublicKey key) {
        return keys.stream().anyMatch(k -> KeyUtils.compareKeys(k, key));
    }

    private static String print(PublicKey key) {
        return KeyUtils.getKeyType(key) + " " + KeyUtils.getFingerPrint(key);
    }
}
