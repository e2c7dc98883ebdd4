package io.ridethrough.target;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/**
 * Secrets as files below one folder: the secret {@code ssh/home} is the file {@code ssh/home} there. A file that others
 * than its owner may read or write is refused, as is a name that leaves the folder.
 */
public final class SecretFiles implements Secrets {
    private static final long MOST_BYTES = 64 * 1024;
    private static final Set<PosixFilePermission> OWNER =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final Path folder;

    public SecretFiles(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    @Override
    public Secret secret(String name) throws UnusableSecretException {
        Path file = folder.resolve(name).normalize();
        if (!file.startsWith(folder) || file.equals(folder)) {
            throw new UnusableSecretException("the secret \"" + name + "\" would lie outside of " + folder);
        }
        try {
            if (!Files.isRegularFile(file)) {
                throw new UnusableSecretException("the secret \"" + name + "\" is missing: put it in " + file);
            }
            if (!OWNER.containsAll(Files.getPosixFilePermissions(file))) {
                throw new UnusableSecretException(file + " may be used by others than its owner: chmod 600 " + file);
            }
            if (Files.size(file) > MOST_BYTES) {
                throw new UnusableSecretException(file + " is larger than a secret is (" + MOST_BYTES + " bytes)");
            }
            return new Secret(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UnusableSecretException(file + " cannot be read: " + e.getMessage());
        }
    }
}
