package io.ridethrough.contract.load;

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
}
