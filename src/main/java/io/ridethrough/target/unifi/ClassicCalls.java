package io.ridethrough.target.unifi;

import io.ridethrough.contract.UnifiController;
import io.ridethrough.contract.UnifiController.Form;
import io.ridethrough.target.Secret;
import io.ridethrough.target.https.HttpCall;
import io.ridethrough.target.https.HttpCall.Method;
import io.ridethrough.target.https.HttpReply;
import io.ridethrough.target.https.Https;
import io.ridethrough.target.https.RefusedLogins;
import io.ridethrough.target.https.Reply;
import io.ridethrough.target.https.Sessions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** Calls within a login: a cookie, and on a console a token against forged requests that every answer may renew. */
final class ClassicCalls {
    /** The sites that are shown to who asks, each with the role there: of no site. */
    static final String OWN_SITES = "/self/sites";

    private static final Duration LOGIN = Duration.ofSeconds(20);
    private static final String FORGERY_TOKEN = "X-CSRF-Token";

    private final Https https;
    private final RefusedLogins logins;
    private final Sessions<Session> sessions = new Sessions<>();

    ClassicCalls(Https https, RefusedLogins logins) {
        this.https = https;
        this.logins = logins;
    }

    /** A login as it is shown. */
    private static final class Session {
        private final Secret cookie;
        private volatile String token = "";

        Session(Secret cookie) {
            this.cookie = cookie;
        }

        void heard(HttpReply reply) {
            if (reply instanceof HttpReply.Answered answered) {
                token = answered.header("x-updated-csrf-token")
                        .or(() -> answered.header(FORGERY_TOKEN))
                        .orElse(token);
            }
        }

        HttpCall shownIn(HttpCall call) {
            HttpCall with = call.with("Cookie", cookie);
            return token.isEmpty() ? with : with.with(FORGERY_TOKEN, Secret.of(token));
        }
    }

    /** What is turned away because the login no longer counts was not done: once it is sent again by a new one. */
    CompletionStage<Reply> send(
            UnifiController controller, Method method, String path, Optional<String> body, Duration limit) {
        return sent(controller, method, path, body, limit)
                .thenCompose(first -> first instanceof ClassicAnswer.SessionOver
                        ? sent(controller, method, path, body, limit).thenApply(ClassicCalls::settled)
                        : CompletableFuture.completedFuture(settled(first)));
    }

    private static Reply settled(ClassicAnswer answer) {
        return answer instanceof ClassicAnswer.SessionOver over
                ? new Reply.Unusable(Reply.Why.RIGHT, "a new login did not help: " + over.why())
                : ((ClassicAnswer.Settled) answer).reply();
    }

    private CompletionStage<ClassicAnswer> sent(
            UnifiController controller, Method method, String path, Optional<String> body, Duration limit) {
        return sessions.session(controller.runsOn(), () -> login(controller)).thenCompose(opened -> {
            if (opened instanceof Sessions.Closed<Session> closed) {
                return CompletableFuture.completedFuture(new ClassicAnswer.Settled(closed.why()));
            }
            Session session = ((Sessions.Open<Session>) opened).session();
            String api = controller.form() == Form.UNIFI_OS ? "/proxy/network/api" : "/api";
            String scope = path.equals(OWN_SITES) ? "" : "/s/" + HttpCall.segment(controller.site());
            HttpCall call =
                    new HttpCall(method, api + scope + path, "", Map.of(), body.map(HttpCall.Body::json), limit);
            return https.send(controller.runsOn(), session.shownIn(call)).thenApply(reply -> {
                session.heard(reply);
                ClassicAnswer answer = ClassicAnswer.of(reply);
                if (answer instanceof ClassicAnswer.SessionOver) {
                    sessions.over(controller.runsOn(), session);
                }
                return answer;
            });
        });
    }

    private CompletionStage<Sessions.Opened<Session>> login(UnifiController controller) {
        Secret secret;
        RefusedLogins.Login login;
        if (controller.classicSecret().isEmpty()) {
            return CompletableFuture.completedFuture(
                    Sessions.closed(Reply.Why.LOGIN, "no login for its classic interface is declared"));
        }
        try {
            secret = logins.of(controller.runsOn(), controller.classicSecret().get());
            login = RefusedLogins.parts(secret);
        } catch (RefusedLogins.NoLoginException e) {
            return CompletableFuture.completedFuture(new Sessions.Closed<>(e.reply()));
        }
        String body = Reply.JSON
                .valueToTree(Map.of(
                        "username", login.user(), "password", login.password().text(), "rememberMe", false))
                .toString();
        String path = controller.form() == Form.UNIFI_OS ? "/api/auth/login" : "/api/login";
        HttpCall call = new HttpCall(Method.POST, path, "", Map.of(), Optional.of(HttpCall.Body.json(body)), LOGIN);
        return https.send(controller.runsOn(), call).thenApply(reply -> {
            if (reply instanceof HttpReply.Answered answered && refuses(answered.status())) {
                logins.refuse(controller.runsOn(), secret);
                return Sessions.closed(Reply.Why.LOGIN, "its login is refused: " + why(answered));
            }
            return opened(reply);
        });
    }

    /** 429 says that there were too many logins, and 499 that a second factor is asked for: neither is tried again. */
    private static boolean refuses(int status) {
        return List.of(400, 401, 403, 429, 499).contains(status);
    }

    private static String why(HttpReply.Answered answered) {
        return switch (answered.status()) {
            case 429 -> "429, too many logins";
            case 499 -> "499, a second factor is asked for; it needs an account without";
            default -> answered.status() + ", wrong user or password";
        };
    }

    private static Sessions.Opened<Session> opened(HttpReply reply) {
        if (!(reply instanceof HttpReply.Answered answered) || !answered.ok()) {
            return Sessions.closed(
                    Reply.Why.CONNECTION,
                    "no login: "
                            + (reply instanceof HttpReply.Answered answered
                                    ? "status " + answered.status()
                                    : Reply.unanswered(reply).why()));
        }
        String cookie = answered.headers().getOrDefault("set-cookie", List.of()).stream()
                .map(set -> set.split(";", 2)[0].strip())
                .collect(Collectors.joining("; "));
        if (cookie.isEmpty()) {
            return Sessions.closed(Reply.Why.CONNECTION, "no login: an answer without a cookie");
        }
        Session session = new Session(Secret.of(cookie));
        session.heard(reply);
        return new Sessions.Open<>(session);
    }
}
