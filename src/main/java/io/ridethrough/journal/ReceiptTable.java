package io.ridethrough.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ridethrough.receipt.CanonicalJson;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The receipts as stored: canonical JSON, one for each run and for what else leaves one, in the order of writing. */
record ReceiptTable(Connection db) {
    void insert(String run, ObjectNode linked) throws SQLException {
        try (PreparedStatement insert =
                db.prepareStatement("INSERT INTO receipt (number, run, body) VALUES (?, ?, ?)")) {
            insert.setLong(1, linked.path("number").asLong());
            insert.setString(2, run);
            insert.setString(3, CanonicalJson.write(linked));
            insert.executeUpdate();
        }
    }

    Optional<JsonNode> of(String run) throws SQLException {
        return select("SELECT body FROM receipt WHERE run = ?", run).stream().findFirst();
    }

    Optional<JsonNode> newest() throws SQLException {
        return select("SELECT body FROM receipt ORDER BY number DESC LIMIT 1").stream()
                .findFirst();
    }

    List<JsonNode> all() throws SQLException {
        return select("SELECT body FROM receipt ORDER BY number");
    }

    List<JsonNode> after(long number, int most) throws SQLException {
        return select("SELECT body FROM receipt WHERE number > ? ORDER BY number LIMIT ?", number, most);
    }

    private List<JsonNode> select(String sql, Object... arguments) throws SQLException {
        try (PreparedStatement statement = db.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setObject(i + 1, arguments[i]);
            }
            List<JsonNode> found = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(Rows.json(rows.getString(1)));
                }
            }
            return List.copyOf(found);
        }
    }
}
