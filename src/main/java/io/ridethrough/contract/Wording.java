package io.ridethrough.contract;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * The files that contracts were read from, word for word, so that they can be read again when the folder holds others.
 * They name secrets and hold none.
 *
 * @param packed deflated, Base64
 */
public record Wording(String packed) {
    private static final int MOST = 64 * 1024 * 1024;

    /** Packs files by their path below the contracts folder. */
    public static Wording of(SortedMap<String, byte[]> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(new DeflaterOutputStream(bytes))) {
            out.writeInt(files.size());
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                out.writeUTF(file.getKey());
                out.writeInt(file.getValue().length);
                out.write(file.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Wording(Base64.getEncoder().encodeToString(bytes.toByteArray()));
    }

    /**
     * The files by their path, as they were.
     *
     * @throws IllegalArgumentException when this was not packed by {@link #of}
     */
    public SortedMap<String, byte[]> files() {
        SortedMap<String, byte[]> files = new TreeMap<>();
        byte[] bytes = Base64.getDecoder().decode(packed);
        try (DataInputStream in = new DataInputStream(new InflaterInputStream(new ByteArrayInputStream(bytes)))) {
            long total = 0;
            for (int left = in.readInt(); left > 0; left--) {
                String path = in.readUTF();
                int length = in.readInt();
                total += length;
                if (length < 0 || total > MOST) {
                    throw new IllegalArgumentException("sealed contracts of that size were never written");
                }
                files.put(path, in.readNBytes(length));
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("the sealed contracts cannot be unpacked", e);
        }
        return files;
    }
}
