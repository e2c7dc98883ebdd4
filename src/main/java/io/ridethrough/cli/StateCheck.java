package io.ridethrough.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Whether what is written down stays written down: the state folder, its file system, SQLite. */
final class StateCheck {
    private static final Set<String> FORGETTING = Set.of("tmpfs", "ramfs", "overlay");
    private static final Set<String> FAR = Set.of("nfs", "nfs4", "cifs", "smb3", "fuse.sshfs");
    private static final long LEAST = 200L * 1024 * 1024;

    private StateCheck() {}

    /** Looks at the folder, or at where it would be made; leaves nothing behind. */
    static List<Symptom> of(Home home) {
        List<Symptom> symptoms = new ArrayList<>();
        Path folder = home.folder();
        Path at = existing(folder);
        try {
            if (at.equals(folder)) {
                symptoms.add(privacy(folder));
            }
            symptoms.add(synced(at, folder));
            symptoms.add(fileSystem(Files.getFileStore(at).type(), at));
            long free = Files.getFileStore(at).getUsableSpace();
            symptoms.add(
                    free >= LEAST
                            ? Symptom.well(free / 1024 / 1024 + " MiB free there")
                            : Symptom.wrong("only " + free / 1024 / 1024 + " MiB are free in " + at, "free 200 MiB"));
        } catch (IOException | UnsupportedOperationException e) {
            symptoms.add(Symptom.wrong(
                    "the state folder " + folder + " cannot be written: " + e.getMessage(),
                    "let this user own it, or set ridethrough.home"));
        }
        symptoms.add(sqlite());
        return symptoms;
    }

    private static Path existing(Path folder) {
        Path at = folder.toAbsolutePath();
        while (Files.notExists(at) && at.getParent() != null) {
            at = at.getParent();
        }
        return at.equals(folder.toAbsolutePath()) ? folder : at;
    }

    private static Symptom privacy(Path folder) throws IOException {
        boolean open = Files.getPosixFilePermissions(folder).stream()
                .anyMatch(right ->
                        right.name().startsWith("GROUP") || right.name().startsWith("OTHERS"));
        return open
                ? Symptom.wrong("others may use the state folder " + folder, "chmod 700 " + folder)
                : Symptom.well("state folder " + folder + " is its owner's alone");
    }

    /** Written, forced to the disk and removed again. */
    private static Symptom synced(Path at, Path folder) throws IOException {
        Path trial = Files.createTempFile(at, ".doctor", "");
        try (FileChannel channel = FileChannel.open(trial, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {1}));
            channel.force(true);
        } finally {
            Files.delete(trial);
        }
        return Symptom.well(
                at.equals(folder)
                        ? "state folder " + folder + " takes writes and syncs them"
                        : "state folder " + folder + " can be made in " + at);
    }

    static Symptom fileSystem(String type, Path at) {
        if (FORGETTING.contains(type)) {
            return Symptom.weak(
                    at + " is on " + type + ", which may be gone after a power loss",
                    "put ridethrough.home on a disk of this machine");
        }
        return FAR.contains(type)
                ? Symptom.wrong(
                        at + " is on " + type + ", another machine's disk, which goes down in an outage",
                        "put ridethrough.home on a disk of this machine")
                : Symptom.well("its file system is " + type);
    }

    private static Symptom sqlite() {
        try (Connection memory = DriverManager.getConnection("jdbc:sqlite::memory:")) {
            return Symptom.well("SQLite " + memory.getMetaData().getDatabaseProductVersion() + " can be loaded");
        } catch (SQLException | LinkageError e) {
            return Symptom.wrong(
                    "SQLite's library cannot be loaded: " + e.getMessage(),
                    "let java.io.tmpdir be a folder from which programs may be run, or set -Dorg.sqlite.tmpdir");
        }
    }
}
