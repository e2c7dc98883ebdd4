package io.ridethrough.target.homeassistant;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ridethrough.contract.HomeAssistant;
import io.ridethrough.target.Patience;
import io.ridethrough.target.Said;
import io.ridethrough.target.Secret;
import io.ridethrough.target.Wiring;
import io.ridethrough.target.https.HttpCall;
import io.ridethrough.target.https.RefusedLogins;
import io.ridethrough.target.https.Reply;
import io.ridethrough.target.tls.Pin;
import io.ridethrough.target.tls.Pins;
import io.ridethrough.target.way.Told;
import io.ridethrough.target.way.WayTroubleException;
import java.io.IOException;
import java.net.URI;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLException;

/**
 * Asks Home Assistant by its WebSocket, one connection a question (protocols 4). A no, a refused token and a certificate
 * that is not the pinned one are answers; other trouble is a {@link WayTroubleException}. Thread-safe.
 */
public final class SocketWay {
    private static final Duration LOOK = Duration.ofSeconds(20);

    private final Wiring wiring;
    private final Pins pins;
    private final HomeLogins logins;
    private final Executor callers;
    private final Patience patience;

    /**
     * @param callers has a thread for each question that goes on at a time
     * @param speed how many times faster than the real world it runs; 1 in service
     */
    public SocketWay(Wiring wiring, Pins pins, HomeLogins logins, Executor callers, double speed) {
        this.wiring = wiring;
        this.pins = pins;
        this.logins = logins;
        this.callers = callers;
        this.patience = Patience.at(speed);
    }

    /** What is said once the token is accepted. */
    @FunctionalInterface
    private interface Words {
        CompletionStage<Told> with(HomeTalk talk) throws IOException;
    }

    /** Asks or does it, in one talk of its own. */
    public CompletionStage<Told> ask(HomeAssistant home, HomeAsk ask) {
        CompletableFuture<Told> told = new CompletableFuture<>();
        callers.execute(() -> {
            CompletionStage<Told> answered;
            try {
                answered = ask instanceof HomeAsk.Look look
                        ? talked(home, LOOK, talk -> looked(talk, look))
                        : acted(home, ask);
            } catch (RuntimeException e) { // whoever waits for it holds a place of the few that there are
                answered = CompletableFuture.failedFuture(e);
            }
            answered.whenComplete((answer, trouble) -> {
                if (trouble == null) {
                    told.complete(answer);
                } else {
                    told.completeExceptionally(trouble);
                }
            });
        });
        return told;
    }

    private CompletionStage<Told> acted(HomeAssistant home, HomeAsk ask) {
        if (ask instanceof HomeAsk.OfAddOn addOn) {
            String verb = addOn instanceof HomeAsk.RestartAddOn ? "/restart" : "/start";
            return supervised(home, "/addons/" + HttpCall.segment(addOn.slug()) + verb, addOn.limit());
        }
        if (ask instanceof HomeAsk.ShutDownHost shutDown) {
            return supervised(home, "/host/shutdown", shutDown.limit());
        }
        if (ask instanceof HomeAsk.BackUp backUp) {
            ObjectNode command = command("backup/generate_with_automatic_settings");
            return act(home, command, backUp.limit(), "Home Assistant begins a backup");
        }
        if (ask instanceof HomeAsk.PutDashboard put) {
            return talked(home, put.limit(), talk -> DashboardTalk.put(talk, put));
        }
        return CompletableFuture.failedFuture(
                WayTroubleException.answered(new Told.Undelivered("its WebSocket does not have it")));
    }

    private CompletionStage<Told> supervised(HomeAssistant home, String endpoint, Duration limit) {
        return act(home, supervisor(endpoint, "post", limit), limit, "the supervisor takes it");
    }

    /** Once it was said, only a look tells what came of it. */
    private CompletionStage<Told> act(HomeAssistant home, ObjectNode command, Duration limit, String done) {
        return talked(home, limit, talk -> {
            Reply reply;
            try {
                reply = talk.ask(command);
            } catch (IOException e) {
                reply = new Reply.Unknown(said(e));
            }
            return reply instanceof Reply.Data
                    ? CompletableFuture.completedFuture(new Told.Done(done))
                    : reply.actRefused();
        });
    }

    /** Its own limit is ten seconds unless another is asked for (protocols 4). */
    private static ObjectNode supervisor(String endpoint, String method, Duration limit) {
        return command("supervisor/api")
                .put("endpoint", endpoint)
                .put("method", method)
                .put("timeout", limit.toSeconds());
    }

    private static CompletionStage<Told> looked(HomeTalk talk, HomeAsk.Look ask) throws IOException {
        if (ask instanceof HomeAsk.State) {
            Reply reply = talk.ask(command("get_config"));
            return reply instanceof Reply.Data told
                    ? CompletableFuture.completedFuture(HomeReading.running(told.data()))
                    : reply.lookTrouble();
        }
        if (ask instanceof HomeAsk.AddOns) {
            Reply reply = talk.ask(supervisor("/addons", "get", LOOK));
            return reply instanceof Reply.Data told
                    ? CompletableFuture.completedFuture(HomeReading.addOns(told.data()))
                    : reply.lookTrouble();
        }
        if (ask instanceof HomeAsk.Backups) {
            Reply reply = talk.ask(command("backup/info"));
            return reply instanceof Reply.Data told
                    ? CompletableFuture.completedFuture(HomeReading.backups(told.data()))
                    : reply.lookTrouble();
        }
        if (ask instanceof HomeAsk.Retrying) {
            Reply entries = talk.ask(command("config_entries/get"));
            return entries instanceof Reply.Data all
                    ? CompletableFuture.completedFuture(HomeReading.retrying(all.data()))
                    : entries.lookTrouble();
        }
        if (ask instanceof HomeAsk.Integrations) {
            Reply entries = talk.ask(command("config_entries/get"));
            if (!(entries instanceof Reply.Data all)) {
                return entries.lookTrouble();
            }
            Reply flows = talk.ask(command("config_entries/flow/progress"));
            return flows instanceof Reply.Data open
                    ? CompletableFuture.completedFuture(HomeReading.integrations(all.data(), open.data()))
                    : flows.lookTrouble();
        }
        if (ask instanceof HomeAsk.Entities) {
            Reply states = talk.ask(command("get_states"));
            return states instanceof Reply.Data told
                    ? CompletableFuture.completedFuture(HouseReading.entities(told.data()))
                    : states.lookTrouble();
        }
        if (ask instanceof HomeAsk.States wanted) {
            Reply states = talk.ask(command("get_states"));
            return states instanceof Reply.Data told
                    ? CompletableFuture.completedFuture(
                            HouseReading.entities(told.data()).only(wanted.ids()))
                    : states.lookTrouble();
        }
        if (ask instanceof HomeAsk.Endpoints) {
            Reply entries = talk.ask(command("config_entries/get"));
            if (!(entries instanceof Reply.Data all)) {
                return entries.lookTrouble();
            }
            Reply devices = talk.ask(command("config/device_registry/list"));
            return devices instanceof Reply.Data known
                    ? CompletableFuture.completedFuture(HouseReading.endpoints(all.data(), known.data()))
                    : devices.lookTrouble();
        }
        if (ask instanceof HomeAsk.Dashboards) {
            return DashboardTalk.look(talk);
        }
        return new Reply.Unusable(Reply.Why.UNSUPPORTED, "its WebSocket does not have it").lookTrouble();
    }

    static ObjectNode command(String type) {
        return Reply.JSON.createObjectNode().put("type", type);
    }

    private CompletionStage<Told> talked(HomeAssistant home, Duration limit, Words words) {
        URI root = URI.create(home.api().url());
        Optional<Pin> pin = "https".equals(root.getScheme()) ? pins.pin(home.guest()) : Optional.empty();
        if (pin.isEmpty() && "https".equals(root.getScheme())) {
            return CompletableFuture.completedFuture(
                    new Told.Barred("no certificate is pinned for " + home.guest() + " (" + root + ")"));
        }
        Secret token;
        try {
            token = logins.of(home);
        } catch (RefusedLogins.NoLoginException e) {
            return CompletableFuture.completedFuture(new Told.Barred(e.reply().why()));
        }
        try (HomeSocket socket = HomeSocket.open(root, "/api/websocket", wiring, pin, patience.onTheWall(limit))) {
            HomeTalk talk = new HomeTalk(socket);
            talk.login(token);
            return words.with(talk);
        } catch (HomeTalk.RefusedException e) {
            return CompletableFuture.completedFuture(logins.refused(home, token, String.valueOf(e.getMessage())));
        } catch (IOException e) {
            if (e instanceof SSLException && e.getCause() instanceof CertificateException) {
                return CompletableFuture.completedFuture(new Told.Barred("IDENTITY: " + said(e)));
            }
            return CompletableFuture.failedFuture(new WayTroubleException(new Told.Undelivered(said(e))));
        }
    }

    static String said(IOException e) {
        return Said.line(e.getClass().getSimpleName() + ": " + e.getMessage());
    }
}
