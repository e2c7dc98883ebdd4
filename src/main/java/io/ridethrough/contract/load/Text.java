package io.ridethrough.contract.load;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** A file as text, with its lines: the only one who knows where a code point is. */
final class Text {
    private final String shown;
    private final int[] points;
    private final int[] lineStarts;

    private Text(String shown, String text) {
        this.shown = shown;
        this.points = text.codePoints().toArray();
        this.lineStarts = starts(points);
    }

    static Text empty() {
        return new Text("", "");
    }

    /** The file's text, or empty with the reason reported: too large, or not UTF-8. */
    static Optional<Text> of(SourceFile file, String shown, Reports reports) {
        byte[] bytes = file.bytes();
        if (bytes.length > SourceFile.LARGEST) {
            reports.file(shown, "the file is larger than 1 MiB", "split it, or remove what is no contract");
            return Optional.empty();
        }
        CharBuffer chars = CharBuffer.allocate(bytes.length);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CoderResult result = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(in, chars, true);
        Text text = new Text(shown, withoutMark(chars.flip().toString()));
        if (result.isError()) {
            int bad = bytes[in.position()] & 0xff;
            reports.error(
                    text,
                    text.place(text.points.length),
                    "byte 0x%02x at offset %d is not UTF-8".formatted(bad, in.position()),
                    "save the file as UTF-8");
            return Optional.empty();
        }
        return Optional.of(text);
    }

    private static String withoutMark(String text) {
        return text.startsWith("\ufeff") ? text.substring(1) : text;
    }

    private static int[] starts(int[] points) {
        int[] starts = new int[points.length + 1];
        int lines = 1;
        for (int i = 0; i < points.length; i++) {
            boolean ends =
                    points[i] == '\n' || (points[i] == '\r' && (i + 1 == points.length || points[i + 1] != '\n'));
            if (ends) {
                starts[lines++] = i + 1;
            }
        }
        return Arrays.copyOf(starts, lines);
    }

    /** The path as people see it. */
    String shown() {
        return shown;
    }

    /** The text as it is parsed. */
    String content() {
        return new String(points, 0, points.length);
    }

    /** The place of the code point at that index; an index beyond the end is the end. */
    Place place(int index) {
        int at = Math.max(0, Math.min(index, points.length));
        int found = Arrays.binarySearch(lineStarts, at);
        int line = found >= 0 ? found : -found - 2;
        return new Place(line + 1, at - lineStarts[line] + 1);
    }

    /** The line of that number, without its end. */
    String line(int number) {
        int from = lineStarts[number - 1];
        int to = number < lineStarts.length ? lineStarts[number] : points.length;
        while (to > from && (points[to - 1] == '\n' || points[to - 1] == '\r')) {
            to--;
        }
        return new String(points, from, to - from);
    }
}
