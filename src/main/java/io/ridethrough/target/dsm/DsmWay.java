package io.ridethrough.target.dsm;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Nas;
import io.ridethrough.target.Secret;
import io.ridethrough.target.Secrets;
import io.ridethrough.target.dsm.DsmSessions.Offer;
import io.ridethrough.target.dsm.DsmSessions.Session;
import io.ridethrough.target.https.HttpCall;
import io.ridethrough.target.https.Https;
import io.ridethrough.target.https.RefusedLogins;
import io.ridethrough.target.https.Reply;
import io.ridethrough.target.https.Sessions.Closed;
import io.ridethrough.target.https.Sessions.Open;
import io.ridethrough.target.nas.NasAsk;
import io.ridethrough.target.nas.NasTold;
import io.ridethrough.target.way.Told;
import io.ridethrough.target.way.WayTroubleException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Asks units by DSM. A no is an answer; trouble of connection, login or right is a {@link WayTroubleException}, whose
 * answer tells whether the request may have been carried out. Thread-safe.
 */
public final class DsmWay {
    private static final Duration LOOK = Duration.ofSeconds(30);
    private static final int MOST_TASKS = 50;
    private static final Map<String, String> BACKUP_FIELDS =
            Map.of("additional", "[\"last_bkp_time\",\"last_bkp_result\"]");

    private final Https https;
    private final RefusedLogins logins;
    private final DsmSessions sessions;

    public DsmWay(Https https, Secrets secrets) {
        this.https = https;
        this.logins = new RefusedLogins(secrets);
        this.sessions = new DsmSessions(https, logins);
    }

    /** Asks a unit that declares an API. Its exports only its file server knows: this way cannot tell. */
    public CompletionStage<Told> ask(Nas nas, NasAsk ask) {
        if (ask instanceof NasAsk.Info) {
            return look(nas, DsmCall.INFO, DsmReading::info);
        }
        if (ask instanceof NasAsk.Storage) {
            return look(nas, DsmCall.STORAGE, DsmReading::storage);
        }
        if (ask instanceof NasAsk.Backups) {
            return backups(nas);
        }
        if (ask instanceof NasAsk.Ups) {
            return look(nas, DsmCall.UPS, DsmReading::ups);
        }
        if (ask instanceof NasAsk.PowerSettings) {
            return look(nas, DsmCall.POWER_RECOVERY, DsmReading::power);
        }
        if (ask instanceof NasAsk.Rights) {
            // DSM tells its power settings to administrators only, and shuts down for them only.
            return look(nas, DsmCall.POWER_RECOVERY, data -> new Told.Done("logs in as an administrator"));
        }
        if (ask instanceof NasAsk.SuspendBackup act) {
            return send(nas, DsmCall.SUSPEND_BACKUP, Map.of("task_id", Integer.toString(act.task())), act.limit())
                    .thenCompose(reply -> reply instanceof Reply.Data
                            ? CompletableFuture.completedFuture(new Told.Done("DSM suspends task " + act.task()))
                            : reply.actRefused());
        }
        if (ask instanceof NasAsk.PowerOff act) {
            return send(nas, DsmCall.SHUTDOWN, Map.of("local", "true"), act.limit())
                    .thenCompose(reply -> reply instanceof Reply.Data
                            ? CompletableFuture.completedFuture(new Told.Done("DSM takes its shutdown"))
                            : reply.actRefused());
        }
        return CompletableFuture.failedFuture(
                WayTroubleException.answered(new Told.Undelivered("DSM does not say what its file server exports")));
    }

    /** Ends the session with a unit. */
    public CompletionStage<Void> logout(Nas nas) {
        return sessions.logout(nas);
    }

    /** A person says that a login which was refused may be tried once more. */
    public void forgive(AssetId nas) {
        logins.forgive(nas);
    }

    private CompletionStage<Told> backups(Nas nas) {
        return told(nas, DsmCall.BACKUPS, Map.of()).thenCompose(data -> {
            CompletionStage<List<NasTold.BackupTask>> all = CompletableFuture.completedFuture(new ArrayList<>());
            JsonNode tasks = data.path("task_list");
            if (tasks.size() > MOST_TASKS) {
                return CompletableFuture.completedFuture(new Told.Declined(
                        "it has " + tasks.size() + " backup tasks; at most " + MOST_TASKS + " are asked one by one"));
            }
            for (JsonNode task : tasks) {
                all = all.thenCompose(before -> backup(nas, task).thenApply(one -> {
                    before.add(one);
                    return before;
                }));
            }
            return all.thenApply(NasTold.Backups::new);
        });
    }

    private CompletionStage<NasTold.BackupTask> backup(Nas nas, JsonNode task) {
        Map<String, String> with = new HashMap<>(BACKUP_FIELDS);
        with.put("task_id", Integer.toString(task.path("task_id").asInt()));
        return told(nas, DsmCall.BACKUP, with).thenApply(status -> DsmReading.backup(task, status));
    }

    private CompletionStage<Told> look(Nas nas, DsmCall call, Function<JsonNode, Told> read) {
        return told(nas, call, Map.of()).thenApply(read);
    }

    private CompletionStage<JsonNode> told(Nas nas, DsmCall call, Map<String, String> with) {
        return send(nas, call, with, LOOK)
                .thenCompose(
                        reply -> reply instanceof Reply.Data told && told.data().isObject()
                                ? CompletableFuture.completedFuture(told.data())
                                : reply instanceof Reply.Data
                                        ? new Reply.Unknown("an answer without data").<JsonNode>lookTrouble()
                                        : reply.lookTrouble());
    }

    /** A session that is over is opened anew, once: what DSM turned away at its door was not done. */
    private CompletionStage<Reply> send(Nas nas, DsmCall call, Map<String, String> with, Duration limit) {
        return sent(nas, call, with, limit)
                .thenCompose(first -> first instanceof DsmAnswer.SessionOver
                        ? sent(nas, call, with, limit).thenApply(DsmWay::settled)
                        : CompletableFuture.completedFuture(settled(first)));
    }

    private static Reply settled(DsmAnswer answer) {
        return answer instanceof DsmAnswer.SessionOver over
                ? new Reply.Unusable(Reply.Why.LOGIN, "a new session did not hold either: " + over.why())
                : ((DsmAnswer.Settled) answer).reply();
    }

    private CompletionStage<DsmAnswer> sent(Nas nas, DsmCall call, Map<String, String> with, Duration limit) {
        return sessions.session(nas).thenCompose(opened -> {
            if (opened instanceof Closed<Session> closed) {
                return CompletableFuture.completedFuture(new DsmAnswer.Settled(closed.why()));
            }
            Session session = ((Open<Session>) opened).session();
            Offer offer = session.offers().get(call.api());
            if (offer == null || !offer.has(call.version())) {
                return CompletableFuture.completedFuture(new DsmAnswer.Settled(new Reply.Unusable(
                        Reply.Why.UNSUPPORTED,
                        "this DSM does not offer " + call.api() + " in version " + call.version())));
            }
            Map<String, String> query = DsmSessions.call(call.api(), call.method(), call.version(), with);
            query.put("_sid", session.id());
            HttpCall get = HttpCall.get(DsmSessions.path(session.offers(), call.api()), query, limit);
            return https.send(
                            nas.id(),
                            session.token().isEmpty() ? get : get.with("X-SYNO-TOKEN", Secret.of(session.token())))
                    .thenApply(DsmAnswer::of)
                    .thenApply(answer -> {
                        if (answer instanceof DsmAnswer.SessionOver) {
                            sessions.over(nas, session);
                        }
                        return answer;
                    });
        });
    }
}
