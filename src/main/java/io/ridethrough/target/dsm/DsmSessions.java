package io.ridethrough.target.dsm;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.contract.ApiAccess;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Nas;
import io.ridethrough.target.Secret;
import io.ridethrough.target.https.HttpCall;
import io.ridethrough.target.https.Https;
import io.ridethrough.target.https.RefusedLogins;
import io.ridethrough.target.https.Reply;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** One session per unit, opened when first needed: who asks at the same time shares one login. Thread-safe. */
final class DsmSessions {
    private static final String AUTH = "SYNO.API.Auth";
    private static final String NAME = "ridethrough";
    private static final int NEWEST_LOGIN = 7;
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Https https;
    private final RefusedLogins logins;
    private final Map<AssetId, CompletableFuture<Opened>> sessions = new ConcurrentHashMap<>();

    DsmSessions(Https https, RefusedLogins logins) {
        this.https = https;
        this.logins = logins;
    }

    /** What came of opening one. */
    sealed interface Opened {}

    /** What the unit offers, and by which names the session is called. */
    record Session(Map<String, Offer> offers, String id, String token) implements Opened {
        @Override
        public String toString() {
            return "a session";
        }
    }

    /** None; nothing was done. */
    record Closed(Reply why) implements Opened {}

    /** Where an API stands, and in which versions. */
    record Offer(String path, int lowest, int highest) {
        boolean has(int version) {
            return lowest <= version && version <= highest;
        }
    }

    /** The session that is open, or a new one. */
    CompletionStage<Opened> session(Nas nas) {
        CompletableFuture<Opened> mine = new CompletableFuture<>();
        CompletableFuture<Opened> known = sessions.putIfAbsent(nas.id(), mine);
        if (known != null) {
            return known;
        }
        open(nas).whenComplete((opened, broken) -> {
            Opened came = broken == null ? opened : closed(Reply.Why.CONNECTION, String.valueOf(broken));
            if (!(came instanceof Session)) {
                sessions.remove(nas.id(), mine);
            }
            mine.complete(came);
        });
        return mine;
    }

    /** The unit no longer knows it. A newer one stays. */
    void over(Nas nas, Session session) {
        sessions.computeIfPresent(nas.id(), (id, held) -> held.getNow(closed(session)) == session ? null : held);
    }

    private static Opened closed(Session held) {
        return closed(Reply.Why.LOGIN, held + " is being opened");
    }

    private static Opened closed(Reply.Why reason, String why) {
        return new Closed(new Reply.Unusable(reason, why));
    }

    /** Ends the session, if one is open; whatever comes of it, it is not used again. */
    CompletionStage<Void> logout(Nas nas) {
        CompletableFuture<Opened> held = sessions.remove(nas.id());
        if (held == null || !(held.getNow(closed(Reply.Why.LOGIN, "opening")) instanceof Session session)) {
            return CompletableFuture.completedFuture(null);
        }
        Map<String, String> with =
                call(AUTH, "logout", login(session.offers()), Map.of("session", NAME, "_sid", session.id()));
        return https.send(nas.id(), HttpCall.get(path(session.offers(), AUTH), with, LIMIT))
                .handle((reply, broken) -> null);
    }

    private CompletionStage<Opened> open(Nas nas) {
        ApiAccess access = nas.api().orElseThrow();
        Secret secret;
        RefusedLogins.Login login;
        try {
            secret = logins.of(nas.id(), access.secret());
            login = RefusedLogins.parts(secret);
        } catch (RefusedLogins.NoLoginException e) {
            return CompletableFuture.completedFuture(new Closed(e.reply()));
        }
        Map<String, String> query = call("SYNO.API.Info", "query", 1, Map.of("query", "all"));
        return https.send(nas.id(), HttpCall.get("/webapi/query.cgi", query, LIMIT))
                .thenCompose(reply -> DsmAnswer.of(reply) instanceof DsmAnswer.Settled settled
                                && settled.reply() instanceof Reply.Data told
                        ? login(nas, offers(told.data()), secret, login)
                        : CompletableFuture.completedFuture(notNow(DsmAnswer.of(reply))));
    }

    /** Posted, so that the password stands in no address. The highest version that both sides know. */
    private CompletionStage<Opened> login(
            Nas nas, Map<String, Offer> offers, Secret secret, RefusedLogins.Login login) {
        if (!offers.containsKey(AUTH)) {
            return CompletableFuture.completedFuture(
                    closed(Reply.Why.UNSUPPORTED, "what answers there offers no login: is it a DSM?"));
        }
        Map<String, String> form = call(
                AUTH,
                "login",
                login(offers),
                Map.of(
                        "account",
                        login.user(),
                        "passwd",
                        login.password().text(),
                        "session",
                        NAME,
                        "format",
                        "sid",
                        "enable_syno_token",
                        "yes"));
        return https.send(nas.id(), HttpCall.post(path(offers, AUTH), form, LIMIT))
                .thenApply(reply -> {
                    DsmAnswer answer = DsmAnswer.of(reply);
                    if (DsmAnswer.refusesLogin(reply)) {
                        logins.refuse(nas.id(), secret);
                        return closed(Reply.Why.LOGIN, why(answer));
                    }
                    String sid =
                            answer instanceof DsmAnswer.Settled settled && settled.reply() instanceof Reply.Data told
                                    ? told.data().path("sid").asText()
                                    : "";
                    return sid.isEmpty()
                            ? notNow(answer)
                            : new Session(
                                    offers,
                                    sid,
                                    ((Reply.Data) ((DsmAnswer.Settled) answer).reply())
                                            .data()
                                            .path("synotoken")
                                            .asText());
                });
    }

    /** Nothing that was asked for has been sent yet, and so nothing is unknown. */
    private static Opened notNow(DsmAnswer answer) {
        Reply.Why reason =
                answer instanceof DsmAnswer.Settled settled && settled.reply() instanceof Reply.Unusable unusable
                        ? unusable.reason()
                        : Reply.Why.CONNECTION;
        return closed(reason, "no session: " + why(answer));
    }

    private static String why(DsmAnswer answer) {
        if (answer instanceof DsmAnswer.SessionOver over) {
            return over.why();
        }
        return ((DsmAnswer.Settled) answer).reply().why();
    }

    private static Map<String, Offer> offers(JsonNode data) {
        Map<String, Offer> offers = new HashMap<>();
        data.properties().forEach(api -> {
            JsonNode offer = api.getValue();
            String path = offer.path("path").asText();
            if (path.matches("[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*\\.cgi")) {
                offers.put(
                        api.getKey(),
                        new Offer(
                                path,
                                offer.path("minVersion").asInt(),
                                offer.path("maxVersion").asInt()));
            }
        });
        return offers;
    }

    private static int login(Map<String, Offer> offers) {
        Offer offer = offers.get(AUTH);
        return offer == null ? NEWEST_LOGIN : Math.min(NEWEST_LOGIN, offer.highest());
    }

    static String path(Map<String, Offer> offers, String api) {
        Offer offer = offers.get(api);
        return "/webapi/" + (offer == null ? "entry.cgi" : offer.path());
    }

    static Map<String, String> call(String api, String method, int version, Map<String, String> with) {
        Map<String, String> all = new HashMap<>(with);
        all.put("api", api);
        all.put("method", method);
        all.put("version", Integer.toString(version));
        return all;
    }
}
