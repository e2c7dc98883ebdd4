package io.ridethrough.document;

import java.util.ArrayList;
import java.util.List;

/** Boxes below each other that lines connect. All text is wrapped, and written as text. */
final class Drawing {
    private static final int WIDTH = 400;
    private static final int EDGE = 8;
    private static final int INDENT = 48;
    private static final int TRUNK = 24;
    private static final int LINE = 16;
    private static final int PAD = 8;
    private static final int BADGE = 13;
    /** What fits on a line of small text across the picture, and across a box that is fed. */
    private static final int WIDE = 58;

    private static final int NARROW = 43;
    private static final int LARGE = 40;

    private final StringBuilder out = new StringBuilder();
    private int y = EDGE;
    private int trunk;

    void title(String text) {
        for (String line : wrapped(text, LARGE)) {
            y += LINE + 4;
            text(EDGE, y, "font-size=\"16\" font-weight=\"bold\"", line);
        }
        y += PAD;
    }

    /** A supply; what it feeds comes next. The first line names it. */
    void supply(List<String> lines) {
        y += PAD;
        int top = y;
        List<String> all = new ArrayList<>(wrapped(lines.get(0), LARGE));
        int bold = all.size();
        lines.stream().skip(1).flatMap(line -> wrapped(line, WIDE).stream()).forEach(all::add);
        box(EDGE, top, WIDTH - 2 * EDGE, all.size() * LINE + 2 * PAD, 3, "");
        lines(EDGE + PAD, top, all, bold);
        y = top + all.size() * LINE + 2 * PAD;
        trunk = y;
    }

    /**
     * What the supply above feeds. The first line names it.
     *
     * @param number stands in a circle; empty for none
     * @param alone whether it is its only feed
     * @param last whether nothing more hangs on this supply
     */
    void fed(List<String> lines, String number, boolean alone, boolean last) {
        y += PAD;
        int top = y;
        List<String> all = new ArrayList<>(wrapped(lines.get(0), LARGE - 8));
        int bold = all.size();
        lines.stream().skip(1).flatMap(line -> wrapped(line, NARROW).stream()).forEach(all::add);
        int height = all.size() * LINE + 2 * PAD;
        int middle = top + PAD + LINE / 2;
        line(TRUNK, trunk, TRUNK, middle, "");
        line(TRUNK, middle, INDENT, middle, alone ? "" : " stroke-dasharray=\"5 3\"");
        trunk = middle;
        box(INDENT, top, WIDTH - INDENT - EDGE, height, 1, alone ? "" : " stroke-dasharray=\"5 3\"");
        lines(INDENT + PAD, top, all, bold);
        if (!number.isEmpty()) {
            int x = WIDTH - EDGE - PAD - BADGE;
            out.append("<circle cx=\"").append(x).append("\" cy=\"").append(top + PAD + BADGE);
            out.append("\" r=\"").append(BADGE).append("\" fill=\"#fff\" stroke=\"#000\" stroke-width=\"2\"/>\n");
            text(x, top + PAD + BADGE + 5, "font-size=\"14\" font-weight=\"bold\" text-anchor=\"middle\"", number);
        }
        y = top + height + (last ? PAD : 0);
    }

    void legend(List<String> sentences) {
        y += PAD;
        sentences.stream().flatMap(one -> wrapped(one, WIDE).stream()).forEach(line -> {
            y += LINE;
            text(EDGE, y, "font-size=\"12\"", line);
        });
        y += PAD;
    }

    String svg(String title) {
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + WIDTH + " " + (y + EDGE)
                + "\" role=\"img\" font-family=\"DejaVu Sans,Arial,sans-serif\" fill=\"#000\">\n<title>"
                + Markup.escaped(title) + "</title>\n<rect width=\"" + WIDTH + "\" height=\"" + (y + EDGE)
                + "\" fill=\"#fff\"/>\n" + out + "</svg>";
    }

    private void lines(int x, int top, List<String> all, int bold) {
        for (int i = 0; i < all.size(); i++) {
            text(
                    x,
                    top + PAD + i * LINE + 12,
                    i < bold ? "font-size=\"14\" font-weight=\"bold\"" : "font-size=\"12\"",
                    all.get(i));
        }
    }

    private void text(int x, int at, String style, String raw) {
        out.append("<text x=\"")
                .append(x)
                .append("\" y=\"")
                .append(at)
                .append("\" ")
                .append(style)
                .append('>');
        out.append(Markup.escaped(raw)).append("</text>\n");
    }

    private void box(int x, int top, int width, int height, int stroke, String dash) {
        out.append("<rect x=\"")
                .append(x)
                .append("\" y=\"")
                .append(top)
                .append("\" width=\"")
                .append(width);
        out.append("\" height=\"").append(height).append("\" fill=\"#fff\" stroke=\"#000\" stroke-width=\"");
        out.append(stroke).append('"').append(dash).append("/>\n");
    }

    private void line(int x, int from, int toX, int to, String dash) {
        out.append("<line x1=\"")
                .append(x)
                .append("\" y1=\"")
                .append(from)
                .append("\" x2=\"")
                .append(toX);
        out.append("\" y2=\"")
                .append(to)
                .append("\" stroke=\"#000\" stroke-width=\"2\"")
                .append(dash)
                .append("/>\n");
    }

    /** At blanks where there are some, else anywhere: nothing runs out of its box. */
    private static List<String> wrapped(String text, int most) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.strip().split("\\s+", -1)) {
            String rest = word;
            if (line.length() > 0 && line.length() + 1 + rest.codePointCount(0, rest.length()) > most) {
                lines.add(line.toString());
                line.setLength(0);
            }
            while (rest.codePointCount(0, rest.length()) > most) {
                int cut = rest.offsetByCodePoints(0, most);
                lines.add(rest.substring(0, cut));
                rest = rest.substring(cut);
            }
            line.append(line.length() > 0 ? " " : "").append(rest);
        }
        if (line.length() > 0) {
            lines.add(line.toString());
        }
        return lines;
    }
}
