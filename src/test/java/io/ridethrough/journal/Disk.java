package io.ridethrough.journal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What a disk holds of one folder, and what it was given and may still lose: until a file was synced its writes may reach
 * the disk or not, in any order; until the folder was synced so may the making and unmaking of names.
 */
final class Disk {
    /** Something the disk was given. A file keeps its number when its name is gone. */
    sealed interface Given {}

    /** Whoever makes one leaves its bytes alone afterwards, and so does whoever reads them. */
    @SuppressWarnings("ArrayRecordComponent")
    record Written(int file, long at, byte[] bytes) implements Given {}

    record Cut(int file, long size) implements Given {}

    record Named(String name, int file) implements Given {}

    record Unnamed(String name) implements Given {}

    private final Map<String, Integer> names = new TreeMap<>();
    private final Map<Integer, byte[]> files = new TreeMap<>();

    /** Applies what has reached the disk for good. */
    void keep(Given given) {
        if (given instanceof Written written) {
            byte[] old = contents(written.file());
            int end = (int) written.at() + written.bytes().length;
            byte[] now = end > old.length ? Arrays.copyOf(old, end) : old.clone();
            System.arraycopy(written.bytes(), 0, now, (int) written.at(), written.bytes().length);
            files.put(written.file(), now);
        } else if (given instanceof Cut cut) {
            files.put(cut.file(), Arrays.copyOf(contents(cut.file()), (int) cut.size()));
        } else if (given instanceof Named named) {
            names.put(named.name(), named.file());
        } else if (given instanceof Unnamed unnamed) {
            names.remove(unnamed.name());
        }
    }

    private byte[] contents(int file) {
        return files.getOrDefault(file, new byte[0]);
    }

    /** What a power cut leaves when of what is not yet safe just this reached the disk. */
    Map<String, byte[]> with(List<? extends Given> reached) {
        Disk image = new Disk();
        image.names.putAll(names);
        image.files.putAll(files);
        reached.forEach(image::keep);
        Map<String, byte[]> found = new TreeMap<>();
        image.names.forEach((name, file) -> found.put(name, image.contents(file)));
        return found;
    }

    /** What a sync of a file, or of the folder where there is no number, makes safe. */
    static Predicate<Given> concerning(int file) {
        return given -> {
            if (given instanceof Written written) {
                return written.file() == file;
            }
            return given instanceof Cut cut ? cut.file() == file : file == Trace.FOLDER;
        };
    }

    /** The same, with a last write of which only whole sectors before or from {@code at} arrived. */
    static List<Given> torn(List<Given> reached, int last, long at, boolean head) {
        Written whole = (Written) reached.get(last);
        int cut = (int) (at - whole.at());
        Written part = head
                ? new Written(whole.file(), whole.at(), Arrays.copyOf(whole.bytes(), cut))
                : new Written(whole.file(), at, Arrays.copyOfRange(whole.bytes(), cut, whole.bytes().length));
        List<Given> torn = new ArrayList<>(reached);
        torn.set(last, part);
        return torn;
    }
}
