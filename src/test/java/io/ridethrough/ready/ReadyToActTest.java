package io.ridethrough.ready;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.SiteId;
import io.ridethrough.target.way.Told;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** One word for a site, and what it rests on. */
class ReadyToActTest {
    private static final SiteId SITE = new SiteId("mill");
    private static final AssetId NODE = AssetId.parse("mill/wheel");
    private static final Instant NOW = Instant.parse("2026-11-24T09:17:00Z");

    private final List<Trial> trials = new ArrayList<>();
    private final List<Expiry> ends = new ArrayList<>();
    private final List<AssetId> forgiven = new ArrayList<>();
    private Instant now = NOW;
    private final ReadyToAct ready = new ReadyToAct(
            site -> trials,
            site -> CompletableFuture.completedFuture(ends),
            forgiven::add,
            () -> now,
            Duration.ofMillis(200));

    @Test
    void isReadyOnlyWhenTheSecondWayIsToo() {
        says("API", new Told.Done("logs in and holds every right that is needed"));
        says("SSH", new Told.Declined("sudo does not let through: qm stop"));

        Readiness readiness = now();

        assertThat(readiness.word()).isEqualTo("NOT READY");
        assertThat(readiness.why()).contains("mill/wheel by SSH: sudo does not let through: qm stop");
        assertThat(readiness.tried()).extracting(Tried::ready).containsExactly(true, false);
    }

    @Test
    void saysHowMuchMoreThereIsThanTheFirstReason() {
        says("API", new Told.Barred("the login was refused"));
        says("SSH", new Told.Undelivered("connection refused"));
        says("Redfish", new Told.Lost("the connection went away"));

        assertThat(now().why()).contains("mill/wheel by API: the login was refused (and 2 more)");
    }

    /** What a target had refused may have been mended there; it locks out who shows it too often. */
    @Test
    void letsAPersonHaveRefusedLoginsShownOnceMoreInFiveMinutes() {
        says("API", new Told.Barred("its login was refused before"));
        says("SSH", new Told.Done("logs in"));

        now();
        assertThat(forgiven).as("by the clock").isEmpty();
        for (int minute = 0; minute < 10; minute++) {
            ready.byHand(SITE).toCompletableFuture().join();
            now = now.plus(Duration.ofMinutes(1));
        }
        assertThat(forgiven).containsExactly(NODE, NODE);
    }

    @Test
    void waitsForNobodyForEverAndLetsNoTrialSpoilAnother() {
        trials.add(new Trial(NODE, "API", CompletableFuture::new));
        trials.add(new Trial(NODE, "Redfish", () -> {
            throw new IllegalStateException("no such route");
        }));
        says("SSH", new Told.Done("logs in"));

        assertThat(now().tried())
                .extracting(Tried::evidence)
                .containsExactly("no answer in 1 s", "broke off: no such route", "logs in");
    }

    @Test
    void namesWhatEndsWithinThirtyDaysAndIsNotReadyOnceItHas() {
        says("API", new Told.Done("logs in"));
        ends.add(new Expiry(NODE, "the certificate of 192.0.2.1:8006", NOW.plus(Duration.ofDays(29))));
        ends.add(new Expiry(NODE, "another", NOW.plus(Duration.ofDays(31))));

        assertThat(now().ready()).isTrue();
        assertThat(now().expiring()).extracting(Expiry::what).containsExactly("the certificate of 192.0.2.1:8006");

        ends.add(new Expiry(NODE, "the token", NOW.minusSeconds(1)));
        assertThat(now().why()).contains("mill/wheel: the token has ended");
    }

    @Test
    void triesOnceForTwoWhoAskAtTheSameTimeAndRemembersTheLast() {
        CompletableFuture<Told> answer = new CompletableFuture<>();
        List<String> asked = new ArrayList<>();
        trials.add(new Trial(NODE, "API", () -> {
            asked.add("API");
            return answer;
        }));
        assertThat(ready.last(SITE)).isEmpty();

        CompletionStage<Readiness> one = ready.now(SITE);
        CompletionStage<Readiness> other = ready.now(SITE);
        answer.complete(new Told.Done("logs in"));

        assertThat(one.toCompletableFuture().join())
                .isEqualTo(other.toCompletableFuture().join());
        assertThat(asked).hasSize(1);
        assertThat(ready.last(SITE)).map(Readiness::word).contains("READY");
    }

    private void says(String way, Told told) {
        trials.add(new Trial(NODE, way, () -> CompletableFuture.completedFuture(told)));
    }

    private Readiness now() {
        return ready.now(SITE).toCompletableFuture().join();
    }
}
