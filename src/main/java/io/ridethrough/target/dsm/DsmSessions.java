package io.ridethrough.target.dsm;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.contract.ApiAccess;
import io.ridethrough.contract.Nas;
import io.ridethrough.target.Secret;
import io.ridethrough.target.https.HttpCall;
import io.ridethrough.target.https.Https;
import io.ridethrough.target.https.RefusedLogins;
import io.ridethrough.target.https.Reply;
import io.ridethrough.target.https.Sessions;
import io.ridethrough.target.https.Sessions.Closed;
import io.ridethrough.target.https.Sessions.Open;
import io.ridethrough.target.https.Sessions.Opened;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Sessions with units, one each. Thread-safe. */
final class DsmSessions {
    private static final String AUTH = "SYNO.API.Auth";
    private static final String NAME = "ridethrough";
    private static final int NEWEST_LOGIN = 7;
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Https https;
    private final RefusedLogins logins;
    private final Sessions<Session> sessions = new Sessions<>();

    DsmSessions(Https https, RefusedLogins logins) {
        this.https = https;
        this.logins = logins;
    }

    /** What the unit offers, and by which names the session is called. */
    record Session(Map<String, Offer> offers, String id, String token) {
        @Override
        public String toString() {
            return "a session";
        }
    }

    /** Where an API stands, and in which versions. */
    record Offer(String path, int lowest, int highest) {
        boolean has(int version) {
            return lowest <= version && version <= highest;
        }
    }

    /** The session that is open, or a new one. */
    CompletionStage<Opened<Session>> session(Nas nas) {
        return sessions.session(nas.id(), () -> open(nas));
    }

    /** The unit no longer knows it. */
    void over(Nas nas, Session session) {
        sessions.over(nas.id(), session);
    }

    /** Ends the session, if one is open; whatever comes of it, it is not used again. */
    CompletionStage<Void> logout(Nas nas) {
        Optional<Session> held = sessions.take(nas.id());
        if (held.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        Session session = held.get();
        Map<String, String> with =
                call(AUTH, "logout", login(session.offers()), Map.of("session", NAME, "_sid", session.id()));
        return https.send(nas.id(), HttpCall.get(path(session.offers(), AUTH), with, LIMIT))
                .handle((reply, broken) -> null);
    }

    private CompletionStage<Opened<Session>> open(Nas nas) {
        ApiAccess access = nas.api().orElseThrow();
        Secret secret;
        RefusedLogins.Login login;
        try {
            secret = logins.of(nas.id(), access.secret());
            login = RefusedLogins.parts(secret);
        } catch (RefusedLogins.NoLoginException e) {
            return CompletableFuture.completedFuture(new Closed<>(e.reply()));
        }
        Map<String, String> query = call("SYNO.API.Info", "query", 1, Map.of("query", "all"));
        return https.send(nas.id(), HttpCall.get("/webapi/query.cgi", query, LIMIT))
                .thenCompose(reply -> DsmAnswer.of(reply) instanceof DsmAnswer.Settled settled
                                && settled.reply() instanceof Reply.Data told
                        ? login(nas, offers(told.data()), secret, login)
                        : CompletableFuture.completedFuture(notNow(DsmAnswer.of(reply))));
    }

    /** Posted, so that the password stands in no address. The highest version that both sides know. */
    private CompletionStage<Opened<Session>> login(
            Nas nas, Map<String, Offer> offers, Secret secret, RefusedLogins.Login login) {
        if (!offers.containsKey(AUTH)) {
            return CompletableFuture.completedFuture(
                    Sessions.closed(Reply.Why.UNSUPPORTED, "what answers there offers no login: is it a DSM?"));
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
                        return Sessions.closed(Reply.Why.LOGIN, why(answer));
                    }
                    String sid =
                            answer instanceof DsmAnswer.Settled settled && settled.reply() instanceof Reply.Data told
                                    ? told.data().path("sid").asText()
                                    : "";
                    return sid.isEmpty()
                            ? notNow(answer)
                            : new Open<>(new Session(
                                    offers,
                                    sid,
                                    ((Reply.Data) ((DsmAnswer.Settled) answer).reply())
                                            .data()
                                            .path("synotoken")
                                            .asText()));
                });
    }

    /** Nothing that was asked for has been sent yet, and so nothing is unknown. */
    private static Opened<Session> notNow(DsmAnswer answer) {
        Reply.Why reason =
                answer instanceof DsmAnswer.Settled settled && settled.reply() instanceof Reply.Unusable unusable
                        ? unusable.reason()
                        : Reply.Why.CONNECTION;
        return Sessions.closed(reason, "no session: " + why(answer));
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
