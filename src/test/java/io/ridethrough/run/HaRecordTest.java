package io.ridethrough.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.AssetId;
import io.ridethrough.target.VirtualTime;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What high availability was asked for is kept from one process to the next, until it was put back (R40). */
class HaRecordTest {
    private static final AssetId FIRST = AssetId.parse("attic/pve1");
    private static final AssetId SECOND = AssetId.parse("attic/pve2");
    private static final AssetId ELSEWHERE = AssetId.parse("shop/pve1");
    private static final Map<String, String> STATES = Map.of("vm:102", "started", "ct:101", "stopped");

    private final MemoryJournal journal = new MemoryJournal(new VirtualTime());

    @Test
    void anotherProcessFindsItByAnyNodeOfTheClusterAndByNoOther() {
        assertThat(new Standing(journal).keep(Set.of(FIRST, SECOND), STATES)).isEmpty();

        Standing next = new Standing(journal);
        assertThat(next.kept(FIRST)).isEqualTo(STATES);
        assertThat(next.kept(SECOND)).isEqualTo(STATES);
        assertThat(next.kept(ELSEWHERE)).isEmpty();
    }

    /** Only a cluster that took up again has nothing owed any more; one that let go again owes what it owed. */
    @ParameterizedTest
    @CsvSource({
        "HA_ON,Done,true",
        "HA_ON,AlreadyDone,true",
        "HA_ON,Failed,false",
        "HA_ON,Unknown,false",
        "HA_OFF,Done,false"
    })
    void itIsOverOnceTheClusterTookUpAgain(String verb, String outcome, boolean over) {
        Standing standing = new Standing(journal);
        assertThat(standing.keep(Set.of(FIRST, SECOND), STATES)).isEmpty();

        standing.settled(
                Notes.object().put("verb", verb).put("outcome", outcome).put("asset", SECOND.toString()));

        assertThat(standing.kept(FIRST)).isEqualTo(over ? Map.of() : STATES);
    }

    /** R34: a protective shutdown goes on, and says why it is not on disk. */
    @Test
    void whereNothingCanBeWrittenItIsKeptByThisProcessAndSaysSo() {
        Standing standing = new Standing(journal);
        journal.full(true);

        assertThat(standing.keep(Set.of(FIRST), STATES))
                .hasValueSatisfying(why -> assertThat(why).contains("no space left on device"));
        assertThat(standing.kept(FIRST)).isEqualTo(STATES);
    }
}
