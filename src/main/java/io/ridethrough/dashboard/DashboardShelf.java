package io.ridethrough.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ridethrough.contract.AssetId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The files that dashboards are kept in: one for each content, named by its digest and never changed or deleted, and a list
 * of which one counts for which path. Only their owner reads them, since what is on a dashboard may hold a login. A file
 * that is not what its name says is told, and never given out. Thread-safe.
 */
public final class DashboardShelf {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final FileAttribute<Set<PosixFilePermission>> OWNERS_FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final FileAttribute<Set<PosixFilePermission>> OWNERS_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path folder;

    public DashboardShelf(Path folder) {
        this.folder = folder;
    }

    /**
     * Those of a guest, by their path.
     *
     * @throws IOException when what is kept cannot be read, or is not what was kept
     */
    public synchronized List<KeptDashboard> of(AssetId guest) throws IOException {
        List<KeptDashboard> all = new ArrayList<>();
        for (Map.Entry<String, JsonNode> one : listed(guest).entrySet()) {
            all.add(read(guest, one.getKey(), one.getValue()));
        }
        return all;
    }

    /** Has them count from now on; what is kept so already stays as it is. Says which are new. */
    synchronized List<String> keep(AssetId guest, List<KeptDashboard> dashboards) throws IOException {
        Map<String, JsonNode> listed = listed(guest);
        List<String> fresh = new ArrayList<>();
        for (KeptDashboard one : dashboards) {
            ObjectNode file = JSON.createObjectNode().put("path", one.path());
            file.set("settings", one.settings());
            file.set("content", one.content());
            byte[] text = JSON.writeValueAsBytes(file);
            String digest = digest(text);
            if (!listed.getOrDefault(one.path(), JSON.nullNode())
                            .path("file")
                            .asText()
                            .equals(digest)
                    || !isWhole(guest, digest)) {
                write(at(guest).resolve(digest + ".json"), text);
                listed.put(
                        one.path(),
                        JSON.createObjectNode()
                                .put("file", digest)
                                .put("at", one.at().toString()));
                fresh.add(one.path());
            }
        }
        if (!fresh.isEmpty()) {
            ObjectNode list = JSON.createObjectNode();
            listed.forEach(list::set);
            write(list(guest), JSON.writeValueAsBytes(list));
        }
        return fresh;
    }

    /** Whether that file is there, and is what its name says. */
    private boolean isWhole(AssetId guest, String digest) throws IOException {
        Path file = at(guest).resolve(digest + ".json");
        return Files.exists(file) && digest(Files.readAllBytes(file)).equals(digest);
    }

    private Map<String, JsonNode> listed(AssetId guest) throws IOException {
        Map<String, JsonNode> all = new TreeMap<>();
        if (Files.exists(list(guest))) {
            JSON.readTree(Files.readAllBytes(list(guest)))
                    .properties()
                    .forEach(one -> all.put(one.getKey(), one.getValue()));
        }
        return all;
    }

    private KeptDashboard read(AssetId guest, String path, JsonNode listed) throws IOException {
        Path file = at(guest).resolve(listed.path("file").asText() + ".json");
        byte[] text = Files.readAllBytes(file);
        if (!digest(text).equals(listed.path("file").asText())) {
            throw new IOException(file + ": error: it is not what was kept");
        }
        JsonNode kept = JSON.readTree(text);
        try {
            return new KeptDashboard(
                    path,
                    kept.path("settings"),
                    kept.path("content"),
                    Instant.parse(listed.path("at").asText()));
        } catch (DateTimeException e) {
            throw new IOException(list(guest) + ": error: no time of " + path, e);
        }
    }

    /** Whoever reads it finds it whole. */
    private static void write(Path file, byte[] text) throws IOException {
        Files.createDirectories(file.getParent(), OWNERS_FOLDER);
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh, OWNERS_FILE);
        try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(text));
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private Path at(AssetId guest) {
        return folder.resolve(guest.site().value()).resolve(guest.name());
    }

    private Path list(AssetId guest) {
        return at(guest).resolve("kept.json");
    }

    private static String digest(byte[] text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
