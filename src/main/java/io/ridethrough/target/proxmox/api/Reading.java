package io.ridethrough.target.proxmox.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.contract.Guest.Form;
import io.ridethrough.target.Said;
import io.ridethrough.target.https.Reply;
import io.ridethrough.target.proxmox.GuestList;
import io.ridethrough.target.proxmox.GuestState;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Reads states and lists, with the same words as the command line has for them. */
final class Reading {
    private static final Pattern WORD = Pattern.compile("[a-z][a-z-]{0,30}");
    private static final Pattern NO_CONFIGURATION = Pattern.compile("Configuration file '[^']*' does not exist");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

    private Reading() {}

    static GuestState state(Reply reply) {
        if (reply instanceof Reply.Data told) {
            String word = word(told.data());
            return word.isEmpty()
                    ? new GuestState.Unreadable(
                            "no status in: " + Said.line(told.data().toString()))
                    : new GuestState.At(word);
        }
        String why = ((Reply.Conflict) reply).words();
        return NO_CONFIGURATION.matcher(why).find() ? new GuestState.NoSuch(why) : new GuestState.Unreadable(why);
    }

    /** A paused VM has status "running": what QEMU says of it counts. */
    private static String word(JsonNode guest) {
        String status = guest.path("status").asText();
        String qmp = guest.path("qmpstatus").asText();
        String word = status.equals("running") && !qmp.isEmpty() ? qmp : status;
        return WORD.matcher(word).matches() ? word : "";
    }

    static GuestList list(Form form, JsonNode data) {
        List<GuestList.Row> rows = new ArrayList<>();
        List<String> unread = new ArrayList<>();
        if (!data.isArray()) {
            unread.add("no list: " + Said.line(data.toString()));
        }
        for (JsonNode guest : data) {
            String vmid = guest.path("vmid").asText(); // a number, or one in quotes
            String word = word(guest);
            if (word.isEmpty() || !NUMBER.matcher(vmid).matches()) {
                unread.add(Said.line(guest.toString()));
            } else {
                String name = guest.path("name").asText("");
                String lock = guest.path("lock").asText("");
                rows.add(new GuestList.Row(form, Integer.parseInt(vmid), name, word, lock));
            }
        }
        return new GuestList(rows, unread);
    }
}
