package io.ridethrough.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/** Held while this process writes the journal; the kernel drops it with the process, however that ends. */
final class ProcessLock implements AutoCloseable {
    private final FileChannel channel;

    private ProcessLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock and writes our pid into the file.
     *
     * @throws JournalHeldException naming the holder's pid when another holds it
     */
    static ProcessLock take(Path file) throws IOException {
        if (Files.notExists(file)) {
            OwnerOnly.create(file);
        }
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        @Nullable FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException held) {
            // another journal of this very process: reported below like any other holder
        } finally {
            if (lock == null) {
                channel.close();
            }
        }
        if (lock == null) {
            String holder = Files.readString(file).strip();
            throw new JournalHeldException(String.valueOf(file.getParent()), holder.isEmpty() ? "(unknown)" : holder);
        }
        channel.truncate(0);
        byte[] pid = Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII);
        channel.write(ByteBuffer.wrap(pid), 0);
        return new ProcessLock(channel);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** Files and folders that only their owner may read. */
    static final class OwnerOnly {
        private OwnerOnly() {}

        static void create(Path file) throws IOException {
            try {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            } catch (java.nio.file.FileAlreadyExistsException raced) {
                tighten(file);
            }
        }

        static void tighten(Path file) throws IOException {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }

        static void createFolder(Path folder) throws IOException {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
    }
}
