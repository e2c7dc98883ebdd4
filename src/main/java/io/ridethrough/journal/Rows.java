package io.ridethrough.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ridethrough.receipt.CanonicalJson;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How records stand in the tables. */
final class Rows {
    /** The kind of the record that names a stored receipt, so that none can be cut off unseen. */
    static final String RECEIPT_STORED = "receipt-stored";

    static final String ENTRY = "seq, run, kind, at, body, previous, hash";

    private static final ObjectMapper JSON = new ObjectMapper();

    private Rows() {}

    static Entry entry(ResultSet row) throws SQLException {
        return new Entry(
                row.getLong("seq"),
                Optional.ofNullable(row.getString("run")),
                row.getString("kind"),
                Instant.parse(row.getString("at")),
                json(row.getString("body")),
                row.getString("previous"),
                row.getString("hash"));
    }

    /** What a select of {@link #ENTRY} finds. */
    static List<Entry> entries(PreparedStatement select) throws SQLException {
        List<Entry> found = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                found.add(entry(rows));
            }
        }
        return List.copyOf(found);
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new JournalException("a stored value is no JSON", e);
        }
    }

    /** SHA-256 over the canonical array of previous, seq, kind, run, at and body. */
    static String hash(Entry entry) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        all.add(entry.previous())
                .add(entry.seq())
                .add(entry.kind())
                .add(entry.run().orElse(null));
        all.add(entry.at().toString()).add(entry.body());
        return CanonicalJson.hash(all);
    }
}
