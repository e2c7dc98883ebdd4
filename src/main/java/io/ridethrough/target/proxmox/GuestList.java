package io.ridethrough.target.proxmox;

import io.ridethrough.contract.Guest.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code qm list} or {@code pct list} printed (protocols 1.6).
 *
 * @param unread lines that are no row: what they hold is not known
 */
public record GuestList(List<Row> rows, List<String> unread) {
    /** One guest. {@code lock} is mostly empty. */
    public record Row(Form form, int vmid, String name, String status, String lock) {}

    /** {@code %10s %-20s %-10s %-10s %12s %-10s}; a name may be longer than its column or hold a space. */
    private static final Pattern VM =
            Pattern.compile("\\s*(\\d{1,9}) (.+?)\\s+(\\S+)\\s+(\\d+)\\s+([0-9.]+)\\s+(\\d+)\\s*");

    private static final int STATUS_AT = 11;
    private static final int LOCK_AT = 22;
    private static final int NAME_AT = 35;

    public GuestList {
        rows = List.copyOf(rows);
        unread = List.copyOf(unread);
    }

    /** Reads a listing. An empty one prints nothing at all, not even a header. */
    public static GuestList read(Form form, String out) {
        List<Row> rows = new ArrayList<>();
        List<String> unread = new ArrayList<>();
        for (String line : out.lines().toList()) {
            if (line.isBlank() || line.strip().startsWith("VMID ")) {
                continue;
            }
            Optional<Row> row = form == Form.VM ? vm(line) : container(line);
            row.ifPresentOrElse(rows::add, () -> unread.add(line));
        }
        return new GuestList(rows, unread);
    }

    /** The row of that number, if there is one. */
    public Optional<Row> row(int vmid) {
        return rows.stream().filter(row -> row.vmid() == vmid).findFirst();
    }

    private static Optional<Row> vm(String line) {
        Matcher row = VM.matcher(line);
        return row.matches()
                ? Optional.of(new Row(
                        Form.VM, Integer.parseInt(row.group(1)), row.group(2).strip(), row.group(3), ""))
                : Optional.empty();
    }

    /** {@code %-10s %-10s %-12s %-20s}: fixed columns, since a blank lock makes three words of four. */
    private static Optional<Row> container(String line) {
        String vmid = cut(line, 0, STATUS_AT);
        String status = cut(line, STATUS_AT, LOCK_AT);
        if (!vmid.matches("\\d{1,9}") || status.isEmpty() || status.contains(" ")) {
            return Optional.empty();
        }
        int nameAt = NAME_AT;
        if (line.length() >= NAME_AT && line.charAt(NAME_AT - 1) != ' ') {
            int gap = line.indexOf(' ', NAME_AT);
            nameAt = gap < 0 ? line.length() : gap;
        }
        String lock = cut(line, LOCK_AT, nameAt);
        String name = cut(line, nameAt, line.length());
        return Optional.of(new Row(Form.CONTAINER, Integer.parseInt(vmid), name, status, lock));
    }

    private static String cut(String line, int from, int to) {
        return from >= line.length()
                ? ""
                : line.substring(from, Math.min(to, line.length())).strip();
    }
}
