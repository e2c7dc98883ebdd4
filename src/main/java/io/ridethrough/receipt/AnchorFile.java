package io.ridethrough.receipt;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Heads of a chain in a file elsewhere, a line each, only ever appended to. A line that a crash cut in half is passed
 * over.
 *
 * @param file made with the first head
 */
public record AnchorFile(Path file) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Appends a head; it is on disk when this returns.
     *
     * @throws IOException when it could not be
     */
    public void append(Head head) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            String line = (torn(channel) ? "\n" : "") + CanonicalJson.write(head.json()) + "\n";
            channel.position(channel.size());
            channel.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)));
            channel.force(true);
        }
    }

    private static boolean torn(FileChannel channel) throws IOException {
        ByteBuffer last = ByteBuffer.allocate(1);
        return channel.size() > 0 && channel.read(last, channel.size() - 1) == 1 && last.get(0) != '\n';
    }

    /**
     * All heads, in the order in which they were kept; none where there is no such file yet.
     *
     * @throws IOException when it cannot be read
     */
    public List<Head> heads() throws IOException {
        if (Files.notExists(file)) {
            return List.of();
        }
        List<Head> heads = new ArrayList<>();
        for (String line : Files.readString(file).split("\n", -1)) {
            head(line).ifPresent(heads::add);
        }
        return heads;
    }

    private static Optional<Head> head(String line) {
        try {
            return line.isBlank() ? Optional.empty() : Head.read(JSON.readTree(line));
        } catch (JsonProcessingException torn) {
            return Optional.empty();
        }
    }
}
