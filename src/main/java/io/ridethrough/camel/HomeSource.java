package io.ridethrough.camel;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Ups;
import io.ridethrough.plan.Intent;
import io.ridethrough.power.EntityStates;
import io.ridethrough.power.Parsed;
import io.ridethrough.target.homeassistant.HomeAsk;
import io.ridethrough.target.homeassistant.HomeTold;
import io.ridethrough.target.way.Told;
import io.ridethrough.target.way.Way;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One UPS as the Home Assistant of its site shows it when asked. Where that tells nothing, the UPS is lost (R4, R5). What
 * it shows again, with nothing about it new, is no second sample (R2, R6): it asks the UPS more seldom than we ask it, and
 * the moments that it shows stand still in what it keeps of its answers. Asked by one thread at a time.
 */
public final class HomeSource {
    private static final Logger LOG = LoggerFactory.getLogger(HomeSource.class);
    /** The witness that it is, whichever of its ways was asked. */
    private static final String NAME = "home-assistant";

    private final AssetId ups;
    private final Ups.HomeSource source;
    private final Way<HomeAsk> homes;
    private final Duration patience;
    private final PowerWatch watch;
    private final EntityStates states;
    /** What was shown last. */
    private Optional<Set<HomeTold.Entity>> taken = Optional.empty();

    private boolean lost;

    /** @param patience how long an answer is waited for, by the machine's clock */
    HomeSource(AssetId ups, Ups.HomeSource source, Way<HomeAsk> homes, Duration patience, PowerWatch watch) {
        this.ups = ups;
        this.source = source;
        this.homes = homes;
        this.patience = patience;
        this.watch = watch;
        this.states = new EntityStates(source);
    }

    /** Asks once, waiting for the answer; what that calls for. */
    public List<Intent> ask() throws InterruptedException {
        HomeAsk.States ask = new HomeAsk.States(List.copyOf(source.entities().values()));
        try {
            Told told = homes.ask(source.guest(), ask)
                    .toCompletableFuture()
                    .get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return told instanceof HomeTold.Entities entities ? shown(entities) : lost(told.words());
        } catch (TimeoutException e) {
            return lost("no answer in time");
        } catch (ExecutionException e) {
            return lost(String.valueOf(e.getCause()));
        }
    }

    private List<Intent> shown(HomeTold.Entities told) {
        Set<HomeTold.Entity> shown = Set.copyOf(told.entities());
        boolean isOld = Optional.of(shown).equals(taken);
        if (isOld && !lost) {
            return List.of();
        }
        taken = Optional.of(shown);
        lost = false;
        Parsed said = states.parse(told.entities().stream()
                .collect(Collectors.toMap(HomeTold.Entity::id, HomeTold.Entity::state, (one, same) -> one)));
        if (said instanceof Parsed.Rejected rejected) {
            LOG.atWarn()
                    .addKeyValue("ups", ups)
                    .addKeyValue("reason", rejected.reason())
                    .log("A message was refused");
        }
        return watch.heard(ups, said, isOld, NAME);
    }

    private List<Intent> lost(String why) {
        lost = true;
        String reason = "Home Assistant does not tell of it: " + why;
        return watch.heard(ups, new Parsed.CommunicationLost(reason), false, NAME);
    }
}
