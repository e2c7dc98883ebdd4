package io.ridethrough.document;

import java.util.List;

/** One page of HTML: prints well, reads on a phone, and refers to nothing outside of its folder. */
final class Page {
    private static final String STYLE = """
            body{font:11pt/1.4 sans-serif;margin:1.5em auto;max-width:70em;padding:0 1em;color:#000;background:#fff}
            h1{font-size:16pt;margin:0}h2{font-size:13pt;margin:1.4em 0 .4em}.stamp{margin:.2em 0 1em;font-size:9.5pt}
            table{border-collapse:collapse;width:100%}td,th{border:1px solid #777;padding:.3em .45em;text-align:left;\
            vertical-align:top;overflow-wrap:anywhere}th{background:#eee;overflow-wrap:normal}\
            code{font-size:9.5pt;overflow-wrap:break-word}strong{overflow-wrap:break-word}
            pre{border:1px solid #777;padding:.5em;white-space:pre-wrap;overflow-wrap:anywhere;font-size:9.5pt}
            svg{width:100%;max-width:34em;height:auto}li{margin:.2em 0}
            @media(max-width:40em){table,tbody,tr,td{display:block;width:auto}tr.head{display:none}\
            tr{border:1px solid #777;margin:.6em 0}td{border:0}td::before{content:attr(data-h);display:block;\
            font-size:8.5pt;font-weight:bold}td:empty{display:none}}
            @media print{body{margin:0;max-width:none}tr,pre{break-inside:avoid}h2{break-after:avoid}}
            """;

    private final StringBuilder out = new StringBuilder();
    private final String name;
    private final String title;
    private List<String> headings = List.of();

    Page(String name, String title, String of, Stamp stamp) {
        this.name = name;
        this.title = title;
        String head = Markup.escaped(title + ": " + of);
        out.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">");
        out.append("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>");
        out.append(head).append("</title><style>\n").append(STYLE).append("</style></head><body>\n<h1>");
        out.append(head).append("</h1>\n<p class=\"stamp\">");
        out.append(Markup.escaped(stamp.line())).append("</p>\n");
    }

    Page heading(String text) {
        out.append("<h2>").append(Markup.escaped(text)).append("</h2>\n");
        return this;
    }

    Page say(String text) {
        return put(Markup.text(text));
    }

    Page put(Markup markup) {
        out.append("<p>").append(markup).append("</p>\n");
        return this;
    }

    Page list(List<Markup> points) {
        out.append("<ul>\n");
        points.forEach(point -> out.append("<li>").append(point).append("</li>\n"));
        out.append("</ul>\n");
        return this;
    }

    /** Lines as they are typed. */
    Page typed(List<String> lines) {
        out.append("<pre>");
        lines.forEach(line -> out.append(Markup.escaped(line)).append('\n'));
        out.append("</pre>\n");
        return this;
    }

    Page table(String... columns) {
        headings = List.of(columns);
        out.append("<table><tr class=\"head\">");
        headings.forEach(
                column -> out.append("<th>").append(Markup.escaped(column)).append("</th>"));
        out.append("</tr>\n");
        return this;
    }

    Page row(Markup... cells) {
        out.append("<tr>");
        for (int i = 0; i < cells.length; i++) {
            out.append("<td data-h=\"").append(Markup.escaped(headings.get(i))).append("\">");
            out.append(cells[i]).append("</td>");
        }
        out.append("</tr>\n");
        return this;
    }

    Page end() {
        out.append("</table>\n");
        return this;
    }

    Document document() {
        return new Document(name, title, out + "</body></html>\n");
    }
}
