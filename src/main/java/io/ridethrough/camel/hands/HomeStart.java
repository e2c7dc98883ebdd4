package io.ridethrough.camel.hands;

import io.ridethrough.contract.Guest;
import io.ridethrough.contract.HomeAssistant;
import io.ridethrough.contract.Site;
import io.ridethrough.run.Answer;
import io.ridethrough.run.Sight;
import io.ridethrough.target.homeassistant.HomeAsk;
import io.ridethrough.target.homeassistant.HomeTold;
import io.ridethrough.target.way.Told;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A guest that is a Home Assistant is up when that says RUNNING: its API answers long before, with every entity
 * unavailable (protocols 4). Before it is started, what it needs ({@link HomeNeeds}) gets a bounded time to answer:
 * Zigbee gives up after three tries, and is then down until somebody reloads it.
 */
final class HomeStart {
    private final Tools tools;

    HomeStart(Tools tools) {
        this.tools = tools;
    }

    /** The Home Assistant that runs in it. */
    Optional<HomeAssistant> in(Guest guest) {
        return Optional.ofNullable(tools.contracts().sites().get(guest.id().site()))
                .flatMap(Site::homeAssistant)
                .filter(home -> home.guest().equals(guest.id()));
    }

    /** How much longer its start takes than that of another guest, at most. */
    Duration patience(Guest guest) {
        return in(guest).map(home -> home.waits().multipliedBy(2)).orElse(Duration.ZERO);
    }

    /** The same; what is not well with its integrations is named too. */
    CompletionStage<Sight> recovered(Guest guest, Sight on) {
        return ready(guest, on).thenCompose(sight -> named(guest, sight));
    }

    /** Integrations that are not well are named and keep nothing dark: some wait for a device that is off by habit. */
    private CompletionStage<Sight> named(Guest guest, Sight on) {
        if (in(guest).isEmpty() || !(on instanceof Sight.Desired)) {
            return CompletableFuture.completedFuture(on);
        }
        return tools.homes()
                .ask(guest.id(), new HomeAsk.Integrations())
                .thenApply(told -> told instanceof HomeTold.Integrations seen
                        ? new Sight.Desired(on.evidence() + seen.troubles())
                        : on);
    }

    /** What gets each declared add-on to run that is seen not to; of those that cannot be seen nothing is said. */
    private CompletionStage<List<HomeAsk.OfAddOn>> stopped(Guest guest, Duration limit) {
        List<HomeAssistant.AddOn> declared =
                in(guest).map(HomeAssistant::addOns).orElse(List.of());
        if (declared.isEmpty()) {
            return CompletableFuture.completedFuture(List.of());
        }
        return tools.homes()
                .ask(guest.id(), new HomeAsk.AddOns())
                .thenApply(told -> told instanceof HomeTold.AddOns seen
                        ? declared.stream()
                                .map(HomeAssistant.AddOn::slug)
                                .filter(slug -> !seen.runs(slug))
                                .<HomeAsk.OfAddOn>map(slug -> seen.failed(slug)
                                        ? new HomeAsk.RestartAddOn(slug, limit)
                                        : new HomeAsk.StartAddOn(slug, limit))
                                .toList()
                        : List.of());
    }

    /** Reloads its integrations that retry their setup, one after the other; empty when none does. */
    CompletionStage<Optional<Answer>> reload(Guest guest, Duration limit) {
        return tools.homes().ask(guest.id(), new HomeAsk.Retrying()).thenCompose(told -> {
            CompletionStage<Optional<Answer>> last = CompletableFuture.completedFuture(
                    told instanceof HomeTold.Retrying ? Optional.empty() : Optional.of(Answers.of(told)));
            if (told instanceof HomeTold.Retrying retrying) {
                for (Map.Entry<String, String> one : retrying.titles().entrySet()) {
                    last = last.thenCompose(before -> tools.homes()
                            .ask(guest.id(), new HomeAsk.ReloadEntry(one.getKey(), limit))
                            .thenApply(answer -> Optional.of(Answers.of(answer, ": " + one.getValue()))));
                }
            }
            return last;
        });
    }

    /** Starts its declared add-ons that do not run, those that failed anew, one after the other; empty when all do. */
    CompletionStage<Optional<Answer>> startAddOns(Guest guest, Duration limit) {
        return stopped(guest, limit).thenCompose(stopped -> {
            CompletionStage<Optional<Answer>> last = CompletableFuture.completedFuture(Optional.empty());
            for (HomeAsk.OfAddOn one : stopped) {
                last = last.thenCompose(before -> tools.homes()
                        .ask(guest.id(), one)
                        .thenApply(told -> Optional.of(Answers.of(told, ": add-on " + one.slug()))));
            }
            return last;
        });
    }

    /** @param on what is seen of the guest when it is up; who may not be asked keeps nothing dark */
    CompletionStage<Sight> ready(Guest guest, Sight on) {
        if (in(guest).isEmpty()) {
            return CompletableFuture.completedFuture(on);
        }
        return tools.homes().ask(guest.id(), new HomeAsk.State()).thenApply(told -> judged(on, told));
    }

    private static Sight judged(Sight on, Told told) {
        if (told instanceof HomeTold.Running running) {
            String word = "; Home Assistant says " + running.word();
            return running.state() == HomeTold.State.RUNNING
                    ? new Sight.Desired(on.evidence() + word)
                    : new Sight.Other(on.evidence() + word);
        }
        return told instanceof Told.Barred barred
                ? new Sight.Desired(on.evidence() + "; whether Home Assistant runs is not told: " + barred.evidence())
                : new Sight.Other(on.evidence() + "; Home Assistant does not answer yet: " + told.words());
    }

    /** The second way to shut its VM down, where the hypervisor certainly did not get it. */
    CompletionStage<Answer> shutDown(Guest guest, Answer byNode, Duration limit) {
        if (in(guest).isEmpty()) {
            return CompletableFuture.completedFuture(byNode);
        }
        return tools.homes().ask(guest.id(), new HomeAsk.ShutDownHost(limit)).thenApply(told -> {
            Answer byItself = Answers.of(told, " (its node did not get it: " + byNode.evidence() + ")");
            return byItself instanceof Answer.Undelivered || byItself instanceof Answer.Barred ? byNode : byItself;
        });
    }

    /** Completes with what was waited for and what still does not answer, for people; empty when there is nothing. */
    CompletionStage<String> needed(Guest guest) {
        return in(guest)
                .map(home -> new HomeNeeds(tools).waited(guest, home))
                .orElseGet(() -> CompletableFuture.completedFuture(""));
    }
}
