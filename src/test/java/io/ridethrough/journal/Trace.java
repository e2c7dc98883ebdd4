package io.ridethrough.journal;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What real processes did to one folder, read from {@code strace -f -y -xx}. A write counts from its beginning, a sync
 * from its end, and covers what was written before it began.
 */
final class Trace {
    /** The number that stands for the folder itself. */
    static final int FOLDER = -1;

    static final String CALLS = "openat,pwrite64,pwritev,write,writev,fsync,fdatasync,sync_file_range,msync,mmap,"
            + "ftruncate,fallocate,rename,renameat,renameat2,unlink,unlinkat";

    sealed interface Event {}

    record Issued(Disk.Given what) implements Event {}

    record SyncBegun(int thread, int file) implements Event {}

    record SyncEnded(int thread, int file) implements Event {}

    /** A word into the file that is no part of the disk. */
    record Said(String word) implements Event {}

    private static final Pattern CALL = Pattern.compile("(\\w+)\\((.*)");
    private static final Pattern OPENED = Pattern.compile(".*O_CREAT.* = \\d+<([^>]*)>.*");
    private static final Pattern WRITTEN = Pattern.compile("\\d+<([^>]*)>, \"([^\"]*)\", (\\d+)(?:, (\\d+))?.*");
    private static final Pattern ON_FILE = Pattern.compile("\\d+<([^>]*)>(?:, (\\d+))?.*");
    private static final Pattern UNLINKED = Pattern.compile("(?:AT_FDCWD<[^>]*>, )?\"([^\"]*)\".*");
    private static final Pattern SHARED = Pattern.compile(".*PROT_WRITE.*MAP_SHARED.*<([^>]*)>.*");

    private final Path folder;
    private final Path said;
    private final List<Event> events = new ArrayList<>();
    private final Map<String, Integer> names = new HashMap<>();
    private final Map<Integer, String> unfinished = new HashMap<>();
    private int made;

    private Trace(Path folder, Path said) {
        this.folder = folder;
        this.said = said;
    }

    /** Reads everything that was done to the files of a folder, shared memory and the lock left out. */
    static List<Event> read(Path trace, Path folder, Path said) throws IOException {
        Trace reading = new Trace(folder, said);
        try (BufferedReader lines = Files.newBufferedReader(trace, StandardCharsets.ISO_8859_1)) {
            for (@Nullable String line = lines.readLine(); line != null; line = lines.readLine()) {
                int space = line.indexOf(' ');
                reading.line(
                        Integer.parseInt(line.substring(0, space)),
                        line.substring(space).strip());
            }
        }
        return reading.events;
    }

    private void line(int thread, String text) {
        int cut = text.indexOf(" <unfinished ...>");
        if (cut >= 0) {
            unfinished.put(thread, text.substring(0, cut));
            call(thread, text.substring(0, cut), true, false);
            return;
        }
        if (text.startsWith("<... ")) {
            String begun = unfinished.remove(thread);
            if (begun != null) {
                call(thread, begun + text.substring(text.indexOf("resumed>") + "resumed>".length()), false, true);
            }
            return;
        }
        call(thread, text, true, true);
    }

    private void call(int thread, String text, boolean begins, boolean ends) {
        Matcher call = CALL.matcher(text);
        if (!call.matches() || text.contains(" = -1 ")) {
            return;
        }
        String arguments = call.group(2);
        switch (call.group(1)) {
            case "openat" -> {
                if (ends) {
                    match(OPENED, arguments).ifPresent(found -> opened(found.group(1)));
                }
            }
            case "write", "pwrite64" -> {
                if (begins) {
                    match(WRITTEN, arguments).ifPresent(this::written);
                }
            }
            case "fsync", "fdatasync" ->
                match(ON_FILE, arguments).ifPresent(found -> {
                    fileOf(text(found.group(1))).ifPresent(file -> synced(thread, file, begins, ends));
                });
            case "ftruncate" ->
                match(ON_FILE, arguments).filter(found -> begins).ifPresent(found -> fileOf(text(found.group(1)))
                        .ifPresent(file -> issued(new Disk.Cut(file, Long.parseLong(found.group(2))))));
            case "unlink", "unlinkat" ->
                match(UNLINKED, arguments)
                        .filter(found -> ends)
                        .flatMap(found -> nameOf(text(found.group(1))))
                        .filter(name -> names.remove(name) != null)
                        .ifPresent(name -> issued(new Disk.Unnamed(name)));
            case "mmap" ->
                match(SHARED, arguments)
                        .flatMap(found -> nameOf(text(found.group(1))))
                        .ifPresent(name -> refuse(text));
            default -> refuseIfOurs(text);
        }
    }

    private void refuseIfOurs(String text) {
        if (text(text).contains(folder.resolve("journal.db").toString())
                && !text(text).contains("-shm")) {
            refuse(text);
        }
    }

    private static void refuse(String text) {
        throw new AssertionError("a way of writing that this test does not know: " + text(text));
    }

    private void opened(String path) {
        nameOf(text(path)).filter(name -> !names.containsKey(name)).ifPresent(name -> {
            names.put(name, made++);
            issued(new Disk.Named(name, made - 1));
        });
    }

    private void written(Matcher found) {
        String path = text(found.group(1));
        byte[] bytes = bytes(found.group(2));
        if (bytes.length != Integer.parseInt(found.group(3))) {
            throw new AssertionError("strace shortened a write to " + path);
        }
        if (path.equals(said.toString())) {
            events.add(new Said(new String(bytes, StandardCharsets.US_ASCII).strip()));
            return;
        }
        fileOf(path).ifPresent(file -> {
            if (found.group(4) == null) {
                throw new AssertionError("a write to " + path + " that does not say where");
            }
            issued(new Disk.Written(file, Long.parseLong(found.group(4)), bytes));
        });
    }

    private void synced(int thread, int file, boolean begins, boolean ends) {
        if (begins) {
            events.add(new SyncBegun(thread, file));
        }
        if (ends) {
            events.add(new SyncEnded(thread, file));
        }
    }

    private void issued(Disk.Given what) {
        events.add(new Issued(what));
    }

    private Optional<Integer> fileOf(String path) {
        return path.equals(folder.toString())
                ? Optional.of(FOLDER)
                : nameOf(path).flatMap(name -> Optional.ofNullable(names.get(name)));
    }

    private Optional<String> nameOf(String path) {
        Path file = Path.of(path);
        String name = String.valueOf(file.getFileName());
        boolean ours = folder.equals(file.getParent()) && name.startsWith("journal.db") && !name.endsWith("-shm");
        return ours ? Optional.of(name) : Optional.empty();
    }

    private static Optional<Matcher> match(Pattern pattern, String arguments) {
        Matcher found = pattern.matcher(arguments);
        return found.matches() ? Optional.of(found) : Optional.empty();
    }

    private static String text(String escaped) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < escaped.length(); i++) {
            if (escaped.startsWith("\\x", i)) {
                plain.append((char) Integer.parseInt(escaped.substring(i + 2, i + 4), 16));
                i += 3;
            } else {
                plain.append(escaped.charAt(i));
            }
        }
        return plain.toString();
    }

    private static byte[] bytes(String escaped) {
        byte[] found = new byte[escaped.length() / 4];
        for (int i = 0; i < found.length; i++) {
            found[i] = (byte) Integer.parseInt(escaped.substring(4 * i + 2, 4 * i + 4), 16);
        }
        return found;
    }
}
