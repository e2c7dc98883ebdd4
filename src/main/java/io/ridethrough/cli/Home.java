package io.ridethrough.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The folder that holds what an installation keeps: journal, token, known hosts, secrets. Only its owner reads it. */
record Home(Path folder) {
    static Home at(Path folder) {
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder);
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            }
        } catch (IOException e) {
            throw new UserError(folder + ": error: cannot be made: " + e.getMessage());
        }
        return new Home(folder);
    }

    Path knownHosts() {
        return folder.resolve("known_hosts");
    }

    Path knownCertificates() {
        return folder.resolve("known_certificates");
    }

    Path secrets() {
        return folder.resolve("secrets");
    }

    /** The file that holds every record and receipt. */
    Path journal() {
        return folder.resolve("journal.db");
    }

    /** What a person needs who must do without us; holds no secret. */
    Path breakGlass() {
        return folder.resolve("break-glass");
    }

    private Path tokenFile() {
        return folder.resolve("token");
    }

    boolean hasToken() {
        return Files.exists(tokenFile());
    }

    /** The API's token; made at first use. */
    String token() {
        try {
            if (!hasToken()) {
                byte[] random = new byte[24];
                new SecureRandom().nextBytes(random);
                Files.createFile(
                        tokenFile(),
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                Files.writeString(tokenFile(), HexFormat.of().formatHex(random) + "\n");
            }
            return Files.readString(tokenFile()).strip();
        } catch (IOException e) {
            throw new UserError(tokenFile() + ": error: " + e.getMessage());
        }
    }
}
