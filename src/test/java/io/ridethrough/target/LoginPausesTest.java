package io.ridethrough.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LoginPausesTest {
    private static final Secret OLD = Secret.of("user:old");

    private final AtomicLong now = new AtomicLong();
    private final LoginPauses pauses = new LoginPauses(now::get, 1);

    @Test
    void aRefusedLoginIsShownAfterPausesThatDoubleUpToTenMinutes() {
        List<Long> shown = new ArrayList<>();
        for (int second = 0; second < 45 * 60; second++) {
            now.set(Duration.ofSeconds(second).toNanos());
            if (pauses.bars("there", OLD).isEmpty()) {
                shown.add((long) second);
                pauses.refused("there", OLD, "refused");
            }
        }

        assertThat(shown).containsExactly(0L, 60L, 180L, 420L, 900L, 1500L, 2100L);
    }

    @Test
    void anotherLoginAndAnotherPlaceAreNotBarred() {
        pauses.refused("there", OLD, "it refuses");

        assertThat(pauses.bars("there", OLD)).hasValueSatisfying(why -> assertThat(why)
                .startsWith("it refuses; not shown again within 60 s")
                .doesNotContain("old"));
        assertThat(pauses.bars("there", Secret.of("user:new"))).isEmpty();
        assertThat(pauses.bars("elsewhere", OLD)).isEmpty();
    }

    @Test
    void whatWasAcceptedBeginsAnew() {
        pauses.refused("there", OLD, "refused");
        pauses.refused("there", OLD, "refused");
        pauses.accepted("there");
        pauses.refused("there", OLD, "refused");

        now.addAndGet(Duration.ofMinutes(1).toNanos());
        assertThat(pauses.bars("there", OLD)).isEmpty();
    }

    @Test
    void pausesAreShorterInAFasterWorld() {
        LoginPauses fast = new LoginPauses(now::get, 20);
        fast.refused("there", OLD, "refused");
        now.addAndGet(Duration.ofSeconds(3).toNanos());

        assertThat(fast.bars("there", OLD)).isEmpty();
    }
}
