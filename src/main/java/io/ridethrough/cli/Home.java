package io.ridethrough.cli;

import io.ridethrough.target.EnvironmentSecrets;
import io.ridethrough.target.SecretFiles;
import io.ridethrough.target.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder that holds what an installation keeps: journal, token, known hosts, secrets. Only its owner reads it. */
record Home(Path folder) {
    private static final Logger LOG = LoggerFactory.getLogger(Home.class);

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

    /** The same, but one that cannot be made stops nothing: protection goes on without (R34). */
    static Home whateverItIs(Path folder) {
        try {
            return at(folder);
        } catch (UserError e) {
            LOG.atError().setCause(e).log("The state folder cannot be used");
            return new Home(folder);
        }
    }

    Path knownHosts() {
        return folder.resolve("known_hosts");
    }

    Path knownCertificates() {
        return folder.resolve("known_certificates");
    }

    /** The secrets of this installation: from the environment, and from files in {@link #secrets()}. */
    Secrets secretsByName() {
        return new EnvironmentSecrets(System.getenv(), new SecretFiles(secrets()));
    }

    Path secrets() {
        return folder.resolve("secrets");
    }

    /** The file that holds every record and receipt. */
    Path journal() {
        return folder.resolve("journal.db");
    }

    /** The records of all drills. */
    Path rehearsals() {
        return folder.resolve("rehearsals");
    }

    /** What a person needs who must do without us; holds no secret. */
    Path breakGlass() {
        return folder.resolve("break-glass");
    }

    /** What people read about every site, rendered from contracts; holds no secret. */
    Path documents() {
        return folder.resolve("documents");
    }

    /** What stood on the dashboards of Home Assistants; may hold logins. */
    Path dashboards() {
        return folder.resolve("dashboards");
    }

    private Path tokenFile() {
        return folder.resolve("token");
    }

    boolean hasToken() {
        return Files.exists(tokenFile());
    }

    private static String random() {
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    /** The same; where it can be neither read nor kept, one for this process alone, which {@code told} hears. */
    String tokenOrTemporary(Consumer<String> told) {
        try {
            return token();
        } catch (UserError e) {
            LOG.atError().setCause(e).log("The API's token cannot be kept: this process has one of its own");
            String temporary = random();
            told.accept(temporary);
            return temporary;
        }
    }

    /** The API's token; made at first use. */
    String token() {
        try {
            if (!hasToken()) {
                Files.createFile(
                        tokenFile(),
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                Files.writeString(tokenFile(), random() + "\n");
            }
            return Files.readString(tokenFile()).strip();
        } catch (IOException e) {
            throw new UserError(tokenFile() + ": error: " + e.getMessage());
        }
    }
}
