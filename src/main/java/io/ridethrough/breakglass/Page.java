package io.ridethrough.breakglass;

import io.ridethrough.contract.Asset;
import io.ridethrough.contract.Nas;
import io.ridethrough.contract.Node;
import java.util.List;

/** A sheet as one page of HTML that prints well and refers to nothing outside of itself. */
final class Page {
    private static final String STYLE = """
            body{font:11pt/1.35 sans-serif;margin:1.5em;color:#000}h1{font-size:16pt;margin:0}h2{font-size:13pt}
            table{border-collapse:collapse;width:100%}td,th{border:1px solid #888;padding:.25em .4em;text-align:left;\
            vertical-align:top}code{font-size:9.5pt;word-break:break-all}.n{text-align:right;width:2em}
            @media print{body{margin:0}tr{page-break-inside:avoid}}
            """;

    private final StringBuilder out = new StringBuilder();

    private Page() {}

    static String of(Sheet sheet) {
        Page page = new Page();
        page.head(sheet);
        page.moves("Down, in this order", sheet.down());
        page.moves("Up, in this order", sheet.up());
        page.machines(sheet.machines());
        page.notes(sheet.notes());
        return page.out.append("</body></html>\n").toString();
    }

    private void head(Sheet sheet) {
        String title = "Break-glass: " + sheet.site().title();
        out.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>");
        out.append(text(title)).append("</title><style>\n").append(STYLE).append("</style></head><body>\n");
        out.append("<h1>").append(text(title)).append("</h1>\n<p>Made ").append(sheet.made());
        out.append(" from contracts <code>")
                .append(sheet.digest(), 0, Math.min(12, sheet.digest().length()));
        out.append("</code>. Do one stage after the other; what stands in one stage may be done side by side. ");
        out.append("Begin the next stage when every proof of the one before is seen. ");
        out.append("The same by script: <code>sh ")
                .append(text(sheet.site().id().toString()));
        out.append(".sh down</code> shows it, <code>--execute</code> does it.</p>\n");
    }

    private void moves(String heading, List<Move> moves) {
        out.append("<h2>").append(heading).append("</h2>\n");
        table("Stage", "What", "Log in", "Type", "Seen when done");
        for (Move move : moves) {
            row(
                    Integer.toString(move.stage()),
                    text(move.id() + " (" + move.asset().title() + ")"),
                    code("ssh -p " + move.at().port() + " " + move.at().user() + "@"
                            + move.at().host()),
                    String.join("<br>", move.read().stream().map(Page::code).toList()),
                    text(move.proof()));
        }
        out.append("</table>\n");
    }

    private void machines(List<Asset> machines) {
        out.append("<h2>Machines</h2>\n");
        table("Machine", "Address", "Goes off within", "Boots within");
        for (Asset machine : machines) {
            if (machine instanceof Node node) {
                row(
                        text(node.id() + " (" + node.title() + ")"),
                        code(node.address()),
                        seconds(node.off().toSeconds()),
                        seconds(node.boot().toSeconds()));
            } else if (machine instanceof Nas nas) {
                row(
                        text(nas.id() + " (" + nas.title() + ")"),
                        code(nas.address()),
                        seconds(nas.off().toSeconds()),
                        seconds(nas.boot().toSeconds()));
            }
        }
        out.append("</table>\n");
    }

    private void notes(List<String> notes) {
        if (!notes.isEmpty()) {
            out.append("<h2>To know</h2>\n<ul>\n");
            notes.forEach(note -> out.append("<li>").append(text(note)).append("</li>\n"));
            out.append("</ul>\n");
        }
    }

    private void table(String... headings) {
        out.append("<table><tr><th>").append(String.join("</th><th>", headings)).append("</th></tr>\n");
    }

    private void row(String... cells) {
        out.append("<tr><td>").append(String.join("</td><td>", cells)).append("</td></tr>\n");
    }

    private static String seconds(long seconds) {
        return seconds + " s";
    }

    private static String code(String command) {
        return "<code>" + text(command) + "</code>";
    }

    private static String text(String raw) {
        return raw.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
