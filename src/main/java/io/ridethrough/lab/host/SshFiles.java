package io.ridethrough.lab.host;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;

/** The key files a client needs to log in to the simulated machines, kept under one folder. */
public final class SshFiles {
    private final Path folder;
    private final Map<String, Path> identities = new TreeMap<>();
    private final Map<String, PublicKey> publicKeys = new TreeMap<>();
    private final List<String> known = new ArrayList<>();

    public SshFiles(Path folder) {
        this.folder = folder;
    }

    /** A new ed25519 key pair. */
    public static KeyPair newKey() {
        try {
            return KeyUtils.generateKeyPair("ssh-ed25519", 256);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM makes no ed25519 keys", e);
        }
    }

    /** The public half of the client key that stands for the secret {@code identity}; made on first use. */
    public PublicKey client(String identity) {
        PublicKey made = publicKeys.get(identity);
        if (made != null) {
            return made;
        }
        KeyPair key = newKey();
        try {
            Path file = folder.resolve("identities").resolve(identity.replaceAll("[^A-Za-z0-9._-]", "_"));
            Files.createDirectories(file.getParent());
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try (OutputStream out = Files.newOutputStream(file)) {
                OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(key, "lab " + identity, null, out);
            }
            identities.put(identity, file);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("no identity file for " + identity, e);
        }
        publicKeys.put(identity, key.getPublic());
        return key.getPublic();
    }

    /** Pins {@code key} for a host as it is declared and as it is really reached. */
    public void pin(String host, int port, int loopbackPort, PublicKey key) {
        String entry = PublicKeyEntry.toString(key);
        known.add("[127.0.0.1]:" + loopbackPort + " " + entry);
        known.add((port == 22 ? host : "[" + host + "]:" + port) + " " + entry);
    }

    /** Writes {@code known_hosts}; one line a host and name. */
    public Path writeKnownHosts() {
        Path file = folder.resolve("known_hosts");
        try {
            Files.write(file, known.stream().distinct().toList(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    /** The private key file of each declared identity. */
    public Map<String, Path> identities() {
        return Map.copyOf(identities);
    }
}
