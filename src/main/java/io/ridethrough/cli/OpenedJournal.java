package io.ridethrough.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ridethrough.journal.Entry;
import io.ridethrough.journal.Journal;
import io.ridethrough.journal.JournalException;
import io.ridethrough.journal.JournalHeldException;
import io.ridethrough.journal.LateJournal;
import io.ridethrough.journal.Snapshot;
import io.ridethrough.journal.SqliteJournal;
import io.ridethrough.receipt.KeyFile;
import io.ridethrough.receipt.Signing;
import io.ridethrough.run.Standing;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal of an installation, whatever state it is in: opened; or set aside and begun anew; or, where not even that
 * can be, one that only tells what could be read, until it opens (R34). Only one that another process holds is refused.
 */
final class OpenedJournal {
    private static final Logger LOG = LoggerFactory.getLogger(OpenedJournal.class);

    private OpenedJournal() {}

    /** @throws JournalHeldException when another process holds it */
    static Journal in(Path folder, ArmedFile armed, InstantSource clock) {
        try {
            return open(folder, clock);
        } catch (JournalHeldException held) {
            throw held;
        } catch (JournalException e) {
            LOG.atError().setCause(e).log("The journal cannot be opened: only protection runs; a person is needed");
            return new LateJournal(() -> open(folder, clock), e, known(folder, armed), clock);
        }
    }

    private static Journal open(Path folder, InstantSource clock) {
        SqliteJournal journal = SqliteJournal.openOrSetAside(folder, clock, Standing.salvage(), () -> signing(folder));
        journal.ofKinds(SqliteJournal.SET_ASIDE).forEach(record -> tell(journal, record));
        return journal;
    }

    /** A key that cannot be used stops nothing: every receipt then says why it is not signed. */
    private static Signing signing(Path folder) {
        Signing signing = new KeyFile(folder).signing();
        if (signing instanceof Signing.None none) {
            LOG.atError().addKeyValue("reason", none.why()).log("Receipts are not signed until a person mends it");
        }
        return signing;
    }

    /** The chain of receipts itself says that another one went before; once for every journal that was set aside. */
    private static void tell(Journal journal, Entry record) {
        String file = record.body().path("file").asText();
        String name = "journal-" + file;
        try {
            if (journal.receipt(name).isEmpty()) {
                var unused = journal.appendReceipt(
                        name,
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("kind", "journal")
                                .put("name", name)
                                .put("at", record.at().toString())
                                .put("result", "set aside")
                                .put("set-aside", file)
                                .put("reason", record.body().path("reason").asText()));
            }
        } catch (JournalException e) {
            LOG.atWarn().setCause(e).log("No receipt says yet that the journal took the place of a damaged one");
        }
    }

    private static Snapshot known(Path folder, ArmedFile armed) {
        try {
            return Snapshot.of(folder);
        } catch (JournalException e) {
            LOG.atError()
                    .setCause(e)
                    .log(
                            "Nothing can be read of the journal: no hold and no run is known, and what is armed is read from {}",
                            armed.file());
            return new Snapshot(armed.records(), List.of());
        }
    }
}
