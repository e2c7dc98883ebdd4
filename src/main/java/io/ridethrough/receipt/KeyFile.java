package io.ridethrough.receipt;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * The signing key of an installation in its state folder: {@code receipt-key.pem}, its owner's alone, and
 * {@code receipt-key.pub.pem} for everybody.
 *
 * @param folder the state folder
 */
public record KeyFile(Path folder) {
    private static final Set<PosixFilePermission> OWNER =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    /** Where the secret half is. */
    public Path secret() {
        return folder.resolve("receipt-key.pem");
    }

    /** Where the public half is. */
    public Path open() {
        return folder.resolve("receipt-key.pub.pem");
    }

    /** What new receipts are signed by: the key as kept, or a new one where there is none. Never throws for its files. */
    public Signing signing() {
        Optional<String> trouble = trouble();
        if (trouble.isPresent()) {
            return new Signing.None(trouble.get());
        }
        try {
            if (Files.notExists(secret())) {
                make();
            }
            return new Signing.By(read());
        } catch (IOException | IllegalArgumentException e) {
            return new Signing.None(secret() + " cannot be used: " + e.getMessage());
        }
    }

    /** Why the kept key is not used, with what to do; empty when it can be, or when there is none yet. */
    public Optional<String> trouble() {
        try {
            if (Files.notExists(secret())) {
                return Optional.empty();
            }
            if (!OWNER.containsAll(Files.getPosixFilePermissions(secret()))) {
                return Optional.of(secret() + " may be used by others than its owner: chmod 600 " + secret());
            }
            var unused = read();
            return Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.of(secret() + " cannot be used: " + e.getMessage());
        }
    }

    /** The public half, if there is one that can be read. */
    public Optional<VerifyingKey> verifying() {
        try {
            return Optional.of(VerifyingKey.read(Files.readString(open())));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private SigningKey read() throws IOException {
        return SigningKey.read(Files.readString(secret()), VerifyingKey.read(Files.readString(open())));
    }

    /** The public half first: a process that dies in between leaves no secret without it. */
    private void make() throws IOException {
        SigningKey key = SigningKey.fresh();
        write(open(), key.verifying().pem());
        write(secret(), key.secretPem());
    }

    private void write(Path file, String text) throws IOException {
        Path whole = Files.createTempFile(folder, ".new-", "", PosixFilePermissions.asFileAttribute(OWNER));
        try (FileChannel channel = FileChannel.open(whole, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
            channel.force(true);
        }
        Files.move(whole, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
