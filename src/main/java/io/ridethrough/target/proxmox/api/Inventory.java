package io.ridethrough.target.proxmox.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.contract.Guest.Form;
import io.ridethrough.contract.Node;
import io.ridethrough.target.Secrets;
import io.ridethrough.target.https.Https;
import io.ridethrough.target.https.Reply;
import io.ridethrough.target.ssh.Shell;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What a Proxmox installation consists of, by requests that change nothing (protocols 1.2), sent to its API or to
 * {@code pvesh} on a node. A token that may see less makes the list shorter, which cannot be told from a shorter truth:
 * the role PVEAuditor on / sees all, and so does root. Thread-safe.
 */
public final class Inventory {
    private static final Duration LOOK = Duration.ofSeconds(30);

    private final Answers answers;

    /** Who answers a request: the bare data, or a failure with {@link UnseenException}. */
    @FunctionalInterface
    interface Answers {
        CompletionStage<JsonNode> data(Node by, Request request);
    }

    /** What there is. */
    public record Seen(List<SeenNode> nodes, List<SeenStorage> storages) {}

    /**
     * A node of the cluster, and what it carries.
     *
     * @param address as the cluster knows it; empty when it does not say
     */
    public record SeenNode(String name, String address, String version, List<SeenGuest> guests) {}

    /**
     * A guest.
     *
     * @param startup its own order as it is written, such as {@code order=1,up=30,down=120}; empty for none
     */
    public record SeenGuest(Form form, int vmid, String name, boolean onboot, boolean template, String startup) {}

    /** An NFS storage: what its server exports, and where nodes mount it. */
    public record SeenStorage(String name, String server, String export, String path, List<String> nodes) {}

    /** The interface did not tell it. */
    public static final class UnseenException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnseenException(String why) {
            super(why);
        }
    }

    private Inventory(Answers answers) {
        this.answers = answers;
    }

    /** Asks the API, with a token. */
    public static Inventory byApi(Https https, Secrets secrets) {
        ApiCalls calls = new ApiCalls(https, secrets);
        return new Inventory((by, request) -> calls.send(by, request, LOOK)
                .thenCompose(reply -> reply instanceof Reply.Data told
                        ? CompletableFuture.completedFuture(told.data())
                        : unseen(request, reply.why())));
    }

    /** Asks {@code pvesh} on the node, as root. */
    public static Inventory byShell(Shell shell) {
        return new Inventory(new Pvesh(shell, LOOK));
    }

    static <T> CompletionStage<T> unseen(Request request, String why) {
        return CompletableFuture.failedFuture(new UnseenException(request.path() + ": " + why));
    }

    /** Everything that is seen by the interface of this node; fails with {@link UnseenException}. */
    public CompletionStage<Seen> look(Node by) {
        CompletionStage<String> version =
                data(by, Request.version()).thenApply(it -> it.path("version").asText());
        return version.thenCompose(it -> data(by, Request.cluster()).thenCompose(members -> nodes(by, members, it)))
                .thenCompose(nodes ->
                        data(by, Request.storageConfig()).thenApply(storages -> new Seen(nodes, storages(storages))));
    }

    private CompletionStage<List<SeenNode>> nodes(Node by, JsonNode members, String version) {
        CompletionStage<List<SeenNode>> all = CompletableFuture.completedFuture(List.of());
        for (JsonNode member : members) {
            if (member.path("type").asText().equals("node")) {
                String name = member.path("name").asText();
                all = all.thenCompose(before -> guests(by, name, Form.VM)
                        .thenCompose(vms -> guests(by, name, Form.CONTAINER).thenApply(containers -> {
                            List<SeenGuest> guests = new ArrayList<>(vms);
                            guests.addAll(containers);
                            return with(
                                    before, new SeenNode(name, member.path("ip").asText(""), version, guests));
                        })));
            }
        }
        return all;
    }

    private CompletionStage<List<SeenGuest>> guests(Node by, String node, Form form) {
        return data(by, Request.guests(node, form)).thenCompose(listed -> {
            CompletionStage<List<SeenGuest>> all = CompletableFuture.completedFuture(List.of());
            for (JsonNode guest : listed) {
                int vmid = guest.path("vmid").asInt();
                all = all.thenCompose(before -> data(by, Request.config(node, form, vmid))
                        .thenApply(config -> with(before, guest(form, vmid, guest, config))));
            }
            return all;
        });
    }

    private static SeenGuest guest(Form form, int vmid, JsonNode listed, JsonNode config) {
        GuestConfig read = GuestConfig.read(config);
        return new SeenGuest(
                form,
                vmid,
                listed.path("name").asText(""),
                read.onboot(),
                read.template() || ApiAnswer.yes(listed.path("template")),
                config.path("startup").asText(""));
    }

    private static List<SeenStorage> storages(JsonNode all) {
        List<SeenStorage> nfs = new ArrayList<>();
        for (JsonNode one : all) {
            if (one.path("type").asText().equals("nfs")) {
                String name = one.path("storage").asText();
                String nodes = one.path("nodes").asText("");
                nfs.add(new SeenStorage(
                        name,
                        one.path("server").asText(),
                        one.path("export").asText(),
                        one.path("path").asText("/mnt/pve/" + name),
                        nodes.isEmpty() ? List.of() : List.of(nodes.split(",", -1))));
            }
        }
        return nfs;
    }

    private CompletionStage<JsonNode> data(Node by, Request request) {
        return answers.data(by, request);
    }

    private static <T> List<T> with(List<T> before, T one) {
        List<T> all = new ArrayList<>(before);
        all.add(one);
        return List.copyOf(all);
    }
}
