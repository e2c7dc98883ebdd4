package io.ridethrough.document;

import java.util.Collection;
import java.util.stream.Collectors;

/** HTML or SVG that holds what contracts say as text only. There is no way to make one of a bare string. */
final class Markup {
    private static final char REPLACED = '\uFFFD';

    private final String source;

    private Markup(String source) {
        this.source = source;
    }

    /** Text as it is read, on one line. */
    static Markup text(String raw) {
        return new Markup(escaped(raw));
    }

    /** What is typed or shown as it is written. */
    static Markup code(String raw) {
        return new Markup("<code>" + escaped(raw) + "</code>");
    }

    /** What must not be overlooked. */
    static Markup strong(String raw) {
        return new Markup("<strong>" + escaped(raw) + "</strong>");
    }

    /** A reference to another page of the same folder. */
    static Markup link(Document to) {
        return new Markup("<a href=\"" + escaped(to.name()) + "\">" + escaped(to.title()) + "</a>");
    }

    /** One below the other. */
    static Markup lines(Collection<Markup> all) {
        return new Markup(all.stream().map(Markup::toString).collect(Collectors.joining("<br>")));
    }

    /** Texts, one below the other. */
    static Markup texts(Collection<String> all) {
        return lines(all.stream().map(Markup::text).toList());
    }

    /** One after the other. */
    Markup then(Markup next) {
        return new Markup(source + next.source);
    }

    /** A picture that {@link PowerMap} drew. */
    static Markup picture(PowerMap map) {
        return new Markup(map.svg());
    }

    /**
     * Characters that markup, XML or the direction of writing give a meaning are written so that they have none; what no
     * page can hold becomes a replacement mark.
     */
    static String escaped(String raw) {
        StringBuilder out = new StringBuilder(raw.length());
        raw.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                case '\n', '\r', '\t' -> out.append(' ');
                default -> out.appendCodePoint(isShown(c) ? c : REPLACED);
            }
        });
        return out.toString();
    }

    private static boolean isShown(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED -> false;
            case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            default -> c < 0xFFFE || c > 0xFFFF;
        };
    }

    @Override
    public String toString() {
        return source;
    }
}
