package io.ridethrough.contract.load;

import io.ridethrough.contract.Wording;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One file below the contracts folder, as it was found: nothing is known of its content yet.
 *
 * <p>A folder without files is handed over as a path that ends in {@code /} and no bytes, so that an empty site is an
 * error and not silence.
 */
public final class SourceFile {
    /** Larger files are refused unread, in bytes. Readers need not read more than one byte beyond it. */
    public static final int LARGEST = 1024 * 1024;

    private final String path;
    private final byte[] bytes;

    /** A file by its path relative to the contracts folder, with {@code /} between names: {@code sites/home/guests.yaml}. */
    public SourceFile(String path, byte[] bytes) {
        this.path = path;
        this.bytes = bytes.clone();
    }

    public String path() {
        return path;
    }

    byte[] bytes() {
        return bytes;
    }

    /** What counts of these files, word for word: sites and policy. */
    static Wording wording(List<SourceFile> files) {
        SortedMap<String, byte[]> counting = new TreeMap<>();
        files.stream().filter(SourceFile::plans).forEach(file -> counting.put(file.path, file.bytes));
        return Wording.of(counting);
    }

    /** SHA-256 (hex) of these files, their names too, in whatever order they come. */
    public static String digest(List<SourceFile> files) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            files.stream().sorted(Comparator.comparing(SourceFile::path)).forEach(file -> {
                byte[] path = file.path.getBytes(StandardCharsets.UTF_8);
                sha.update(ByteBuffer.allocate(8)
                        .putInt(path.length)
                        .putInt(file.bytes.length)
                        .flip());
                sha.update(path);
                sha.update(file.bytes);
            });
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Whether plans are made from it: what the standard finds or somebody accepts changes none. */
    boolean plans() {
        return !path.endsWith("/")
                && ((path.startsWith("sites/") && !path.endsWith("/acceptances.yaml")) || path.equals("policy.yaml"));
    }

    /**
     * The files that contracts were read from.
     *
     * @throws IllegalArgumentException when they cannot be unpacked
     */
    public static List<SourceFile> of(Wording wording) {
        List<SourceFile> files = new ArrayList<>();
        wording.files().forEach((path, bytes) -> files.add(new SourceFile(path, bytes)));
        return files;
    }
}
