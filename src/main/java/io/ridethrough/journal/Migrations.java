package io.ridethrough.journal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * The schema as numbered steps; the file carries the number of the last one applied ({@code user_version}).
 *
 * @param steps SQL texts, the first brings version 0 to 1; statements end with a semicolon and an empty line
 */
record Migrations(List<String> steps) {
    Migrations {
        steps = List.copyOf(steps);
    }

    /** The steps shipped in this jar: {@code 1.sql}, {@code 2.sql} ... */
    static Migrations shipped() throws IOException {
        List<String> steps = new ArrayList<>();
        while (true) {
            try (InputStream in = Migrations.class.getResourceAsStream("migrations/" + (steps.size() + 1) + ".sql")) {
                if (in == null) {
                    return new Migrations(steps);
                }
                steps.add(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
    }

    /** The version of the file. */
    static int versionOf(Connection db) throws SQLException {
        try (Statement statement = db.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA user_version")) {
            return row.getInt(1);
        }
    }

    /** Refuses a file that a newer release wrote: its meaning is not known here. */
    void refuseNewer(Connection db) throws SQLException {
        int version = versionOf(db);
        if (version > steps.size()) {
            throw new JournalException("the journal has schema version " + version + ", this release knows "
                    + steps.size() + ": use the release that wrote it. Nothing was changed.");
        }
    }

    /** Brings the file to the newest version; each step is applied whole or not at all. */
    void apply(Connection db) throws SQLException {
        refuseNewer(db);
        for (int version = versionOf(db); version < steps.size(); version++) {
            db.setAutoCommit(false);
            try (Statement statement = db.createStatement()) {
                for (String sql : steps.get(version).split(";\\s*\\n\\s*(\\n|$)", -1)) {
                    if (!sql.isBlank()) {
                        statement.executeUpdate(sql);
                    }
                }
                statement.executeUpdate("PRAGMA user_version = " + (version + 1));
                db.commit();
            } catch (SQLException e) {
                db.rollback();
                throw e;
            } finally {
                db.setAutoCommit(true);
            }
        }
    }
}
