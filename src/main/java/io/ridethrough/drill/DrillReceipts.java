package io.ridethrough.drill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ridethrough.journal.Journal;
import io.ridethrough.journal.JournalException;
import io.ridethrough.receipt.CanonicalJson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receipts of drills. A drill is played by a process that may not write the journal; so its record gets a receipt there as
 * soon as somebody who may finds it.
 *
 * @param book the records of drills
 */
public record DrillReceipts(DrillBook book, Journal journal) {
    private static final Logger LOG = LoggerFactory.getLogger(DrillReceipts.class);

    /** Gives every record that has no receipt yet one. What cannot be read or written is said, and stops nothing. */
    public void takeIn() {
        try {
            for (JsonNode record : book.all()) {
                String name = "drill-" + record.path("number").asLong() + "-"
                        + record.path("hash").asText().substring(0, 12);
                if (journal.receipt(name).isEmpty()) {
                    var unused = journal.appendReceipt(name, receipt(name, record));
                }
            }
        } catch (DrillBook.UnreadableBook | JournalException e) {
            LOG.atWarn().setCause(e).log("Drills have no receipt yet");
        }
    }

    /** Names the record so that another one in its place shows. */
    private static JsonNode receipt(String name, JsonNode record) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("kind", "drill")
                .put("name", name)
                .put("world", "LAB")
                .put("scope", record.path("site").asText())
                .put("at", record.path("at").asText())
                .put("contracts", record.path("contracts").asText())
                .put("result", record.path("passed").asBoolean() ? "passed" : "not passed")
                .put("whole", record.path("whole").asBoolean())
                .put("drill", record.path("number").asLong())
                .put("drill-sha256", CanonicalJson.hash(record));
    }
}
