package io.ridethrough.target.proxmox.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Guest.Form;
import io.ridethrough.contract.Node;
import io.ridethrough.target.Pace;
import io.ridethrough.target.Secrets;
import io.ridethrough.target.https.Https;
import io.ridethrough.target.https.Reply;
import io.ridethrough.target.proxmox.ClusterState;
import io.ridethrough.target.proxmox.NodeAsk;
import io.ridethrough.target.proxmox.NodeDisks;
import io.ridethrough.target.proxmox.NodePart;
import io.ridethrough.target.proxmox.NodeTask;
import io.ridethrough.target.proxmox.NodeTold;
import io.ridethrough.target.proxmox.NodeUpdates;
import io.ridethrough.target.proxmox.Version;
import io.ridethrough.target.way.Told;
import io.ridethrough.target.way.WayTroubleException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Asks nodes by their API. A conflict is an answer; trouble of connection, login or right is a {@link
 * WayTroubleException}, whose answer tells whether the request may have been carried out. Thread-safe.
 */
public final class ApiWay {
    private static final Duration LOOK = Duration.ofSeconds(30);
    private static final Duration TRUSTED = Duration.ofSeconds(60);
    private static final Pattern STOPPED = Pattern.compile("\\b(VM|CT) \\d+ not running");
    private static final Pattern STARTED = Pattern.compile("\\b(VM|CT) \\d+ already running");
    private static final Pattern LOOKED_AFTER = Pattern.compile("Not applicable for HA resources");

    private final ApiCalls calls;
    private final Tasks tasks;
    private final Pace pace;
    private final Map<AssetId, Trusted> trusted = new ConcurrentHashMap<>();

    /** What a token may do, and when it was asked. A right that was not held is asked for again. */
    private record Trusted(Permissions held, long at) {}

    public ApiWay(Https https, Secrets secrets, Pace pace) {
        this.calls = new ApiCalls(https, secrets);
        this.tasks = new Tasks(calls, pace);
        this.pace = pace;
    }

    /** A person says that a token which was refused may be shown once more. */
    public void forgive(AssetId node) {
        calls.forgive(node);
    }

    /** Asks a node that declares an API. Containers have no agent: whether one responds, this way cannot tell. */
    public CompletionStage<Told> ask(Node node, NodeAsk ask) {
        String name = node.nodeName();
        if (ask instanceof NodeAsk.State look) {
            return look(node, Request.status(name, look.form(), look.vmid()))
                    .thenApply(reply -> new NodeTold.State(Reading.state(reply)));
        }
        if (ask instanceof NodeAsk.Guests look) {
            return list(node, look.form());
        }
        if (ask instanceof NodeAsk.Respond look) {
            return respond(node, look);
        }
        if (ask instanceof NodeAsk.Tasks look) {
            return tasks(node, Request.tasks(name, look.vmid()));
        }
        if (ask instanceof NodeAsk.Working) {
            return tasks(node, Request.running(name));
        }
        if (ask instanceof NodeAsk.Lock look) {
            return config(node, look.form(), look.vmid()).thenApply(config -> new NodeTold.Lock(config.lock()));
        }
        if (ask instanceof NodeAsk.Parts look) {
            return parts(node, look.kind());
        }
        if (ask instanceof NodeAsk.Cluster) {
            return cluster(node);
        }
        if (ask instanceof NodeAsk.HighAvailability act) {
            return highAvailability(node, act);
        }
        if (ask instanceof NodeAsk.Rights look) {
            return rights(node, look);
        }
        if (ask instanceof NodeAsk.Abort act) {
            return abort(node, act);
        }
        if (ask instanceof NodeAsk.Shutdown act) {
            Request request = Request.shutdown(name, act.form(), act.vmid(), act.grace());
            return act(node, act, request, new NodeAsk.State(act.form(), act.vmid()), "stopped", STOPPED);
        }
        if (ask instanceof NodeAsk.Stop act) {
            return stop(node, act);
        }
        if (ask instanceof NodeAsk.Start act) {
            Request request = Request.start(name, act.form(), act.vmid());
            return act(node, act, request, new NodeAsk.State(act.form(), act.vmid()), "running", STARTED);
        }
        return powerOff(node, (NodeAsk.PowerOff) ask);
    }

    /** The version that the node runs, as it says it. */
    public CompletionStage<String> version(Node node) {
        return told(node, Request.version())
                .thenApply(data -> data.path("version").asText());
    }

    /** A guest's lock, onboot and template. */
    public CompletionStage<GuestConfig> config(Node node, Form form, int vmid) {
        return told(node, Request.config(node.nodeName(), form, vmid)).thenApply(GuestConfig::read);
    }

    /** What is sent goes by the declared version: another one that takes other requests is no readiness. */
    private CompletionStage<Told> rights(Node node, NodeAsk.Rights look) {
        return version(node)
                .thenCompose(text -> told(node, Request.permissions()).thenApply(data -> {
                    Version running = Version.of(text);
                    Told told = new Permissions(data).suffices(node, running, look.guests());
                    Version declared = Version.of(node.version());
                    if (running.equals(declared)) {
                        return told;
                    }
                    String differs = "it runs " + text + ", its contract says " + node.version();
                    if (!running.isToldTheSameAs(declared)) {
                        String lacks = told instanceof Told.Declined ? "; " + told.words() : "";
                        return new Told.Declined(differs + ", which is asked in another way" + lacks);
                    }
                    return told instanceof Told.Done done ? new Told.Done(done.evidence() + "; " + differs) : told;
                }));
    }

    private CompletionStage<Told> list(Node node, Form form) {
        return permitted(node, Permissions::seesEveryGuest, "see every guest (VM.Audit on /vms)")
                .thenCompose(may -> told(node, Request.guests(node.nodeName(), form)))
                .thenApply(data -> new NodeTold.Listed(Reading.list(form, data)));
    }

    /** What a list shows counts as all there is only with the right to all of it; it was asked for a while ago at most. */
    private CompletionStage<Permissions> permitted(Node node, Predicate<Permissions> right, String what) {
        Trusted known = trusted.get(node.id());
        if (known != null && right.test(known.held()) && pace.nanos() - known.at() < TRUSTED.toNanos()) {
            return CompletableFuture.completedFuture(known.held());
        }
        return told(node, Request.permissions()).thenApply(Permissions::new).thenCompose(now -> {
            if (!right.test(now)) {
                return trouble(
                        new Told.Undelivered("its token may not " + what + ": what it lists is not all there is"));
            }
            trusted.put(node.id(), new Trusted(now, pace.nanos()));
            return CompletableFuture.completedFuture(now);
        });
    }

    private CompletionStage<Told> respond(Node node, NodeAsk.Respond look) {
        if (look.form() != Form.VM) {
            return trouble(new Told.Undelivered("a container has no agent that the API could ask"));
        }
        return look(node, Request.ping(node.nodeName(), look.vmid()))
                .thenApply(reply -> reply instanceof Reply.Conflict no
                        ? new Told.Declined(no.words())
                        : new Told.Done("its agent answers"));
    }

    private CompletionStage<Told> tasks(Node node, Request request) {
        String name = node.nodeName();
        return permitted(node, held -> held.seesEveryTask(name), "see every task (Sys.Audit on /nodes/" + name + ")")
                .thenCompose(may -> told(node, request))
                .thenCompose(data -> data.isArray()
                        ? CompletableFuture.completedFuture(new NodeTold.Tasks(NodeTask.read(data)))
                        : trouble(new Told.Undelivered("no list of tasks")));
    }

    /** Storages are filtered by the token's rights and come with 200; the others are refused without one. */
    private CompletionStage<Told> parts(Node node, NodePart.Kind kind) {
        String name = node.nodeName();
        return switch (kind) {
            case STORAGE ->
                permitted(node, Permissions::seesEveryStorage, "see every storage (Datastore.Audit on /storage)")
                        .thenCompose(may -> list(node, Request.storages(name), Parts::storages));
            case POOL -> list(node, Request.pools(name), Parts::pools);
            case DISK -> list(node, Request.disks(name), NodeDisks::read);
            case SERVICE -> services(node);
            case UPDATE -> list(node, Request.updates(name), NodeUpdates::read);
        };
    }

    private CompletionStage<Told> list(Node node, Request request, Function<JsonNode, List<NodePart>> reading) {
        return told(node, request)
                .thenCompose(data -> data.isArray()
                        ? CompletableFuture.completedFuture(new NodeTold.Parts(reading.apply(data)))
                        : trouble(new Told.Undelivered("no list")));
    }

    private CompletionStage<Told> services(Node node) {
        List<CompletableFuture<NodePart>> all = NodePart.SERVICES.stream()
                .map(service -> told(node, Request.service(node.nodeName(), service))
                        .thenApply(data -> Parts.service(service, data))
                        .toCompletableFuture())
                .toList();
        return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
                .thenApply(done -> new NodeTold.Parts(
                        all.stream().map(CompletableFuture::join).toList()));
    }

    /** Lists of high availability are filtered by nothing, but come with the right to all of it only (protocols 1.2). */
    private CompletionStage<Told> cluster(Node node) {
        return told(node, Request.cluster()).thenCompose(status -> told(node, Request.highlyAvailable())
                .thenCompose(resources -> told(node, Request.highAvailability())
                        .thenApply(current -> new NodeTold.Cluster(ClusterState.read(status, resources, current)))));
    }

    private CompletionStage<Told> highAvailability(Node node, NodeAsk.HighAvailability act) {
        Request request = act.wanted() == ClusterState.Wanted.DISARMED ? Request.disarm() : Request.arm();
        return calls.send(node, request, act.limit())
                .thenCompose(reply -> reply instanceof Reply.Data
                        ? CompletableFuture.completedFuture(new Told.Done("the cluster takes the word"))
                        : reply.actRefused());
    }

    private CompletionStage<Told> abort(Node node, NodeAsk.Abort act) {
        Optional<Upid> upid = Upid.read(act.upid());
        return upid.isEmpty()
                ? CompletableFuture.completedFuture(new Told.Declined("no task: " + act.upid()))
                : calls.send(node, Request.abort(node.nodeName(), upid.get()), act.limit())
                        .thenCompose(reply -> reply instanceof Reply.Data
                                ? CompletableFuture.completedFuture(new Told.Done("task " + upid.get() + " is to end"))
                                : reply.actRefused());
    }

    private CompletionStage<Told> stop(Node node, NodeAsk.Stop act) {
        NodeAsk.State guest = new NodeAsk.State(act.form(), act.vmid());
        Version version = Version.of(node.version());
        Request request = Request.stop(node.nodeName(), act.form(), act.vmid(), version);
        return act(node, act, request, guest, "stopped", STOPPED).thenCompose(told -> {
            boolean looked = told instanceof Told.Declined no
                    && LOOKED_AFTER.matcher(no.evidence()).find();
            Request plain = Request.stop(node.nodeName(), act.form(), act.vmid(), Version.of("0"));
            return looked ? act(node, act, plain, guest, "stopped", STOPPED) : CompletableFuture.completedFuture(told);
        });
    }

    private CompletionStage<Told> powerOff(Node node, NodeAsk.PowerOff act) {
        return calls.send(node, Request.powerOff(node.nodeName()), act.limit())
                .thenCompose(reply -> reply instanceof Reply.Data
                        ? CompletableFuture.completedFuture(new Told.Done("the node takes its power-off"))
                        : reply.actRefused());
    }

    /** What the API takes as a task ends with the task; what it refuses at once (containers) ends at once. */
    private CompletionStage<Told> act(
            Node node, NodeAsk.Act act, Request request, NodeAsk.State guest, String wanted, Pattern already) {
        long until = pace.nanos() + act.limit().toNanos();
        return calls.send(node, request, act.limit())
                .thenCompose(reply -> {
                    if (!(reply instanceof Reply.Data told)) {
                        return reply.actRefused();
                    }
                    Optional<Upid> upid = Upid.read(told.data().asText());
                    return upid.isPresent()
                            ? followed(node, upid.get(), guest, wanted, until)
                            : CompletableFuture.<Told>completedFuture(
                                    new Told.Lost("taken, but it names no task: " + told.data()));
                })
                .thenApply(told -> told instanceof Told.Declined no
                                && already.matcher(no.evidence()).find()
                        ? new Told.Done("it says so already: " + no.evidence())
                        : told);
    }

    private CompletionStage<Told> followed(Node node, Upid upid, NodeAsk.State guest, String wanted, long until) {
        return tasks.end(node, upid, until)
                .thenCompose(told -> told instanceof Told.Done done && upid.onlyQueues()
                        ? tasks.guest(node, guest, wanted, done.evidence(), until)
                        : CompletableFuture.completedFuture(told));
    }

    /** Data or conflict; everything else is trouble. A look leaves nothing behind, so that it is never lost. */
    private CompletionStage<Reply> look(Node node, Request request) {
        return calls.send(node, request, LOOK)
                .thenCompose(reply -> reply instanceof Reply.Data || reply instanceof Reply.Conflict
                        ? CompletableFuture.completedFuture(reply)
                        : reply.lookTrouble());
    }

    private CompletionStage<JsonNode> told(Node node, Request request) {
        return look(node, request)
                .thenCompose(reply -> reply instanceof Reply.Data told
                        ? CompletableFuture.completedFuture(told.data())
                        : reply.lookTrouble());
    }

    /** What the node answered does not help; another way may. */
    private static <T> CompletionStage<T> trouble(Told.Undelivered told) {
        return CompletableFuture.failedFuture(WayTroubleException.answered(told));
    }
}
