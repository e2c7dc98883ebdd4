package io.ridethrough.target.proxmox.api;

import io.ridethrough.contract.Guest.Form;
import io.ridethrough.target.https.HttpCall;
import io.ridethrough.target.proxmox.Version;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * One request to a node.
 *
 * @param path below {@code /api2/json}, its parts percent-encoded
 */
public record Request(Endpoint endpoint, String path, Map<String, String> parameters) {
    private static final String ROOT = "/api2/json";

    public Request {
        parameters = new TreeMap<>(parameters);
        if (!endpoint.parameters().containsAll(parameters.keySet())) {
            throw new IllegalArgumentException(endpoint + " does not take all of " + parameters.keySet());
        }
    }

    static Request version() {
        return new Request(Endpoint.VERSION, Endpoint.VERSION.path(), Map.of());
    }

    /** The nodes of the cluster, or the one node that is none, with their addresses. */
    static Request cluster() {
        return new Request(Endpoint.CLUSTER, Endpoint.CLUSTER.path(), Map.of());
    }

    static Request highlyAvailable() {
        return new Request(Endpoint.HA_RESOURCES, Endpoint.HA_RESOURCES.path(), Map.of());
    }

    static Request highAvailability() {
        return new Request(Endpoint.HA_STATUS, Endpoint.HA_STATUS.path(), Map.of());
    }

    /** Guests are let go of whole, so that they are shut down and started like any other. Not before 9.1. */
    static Request disarm() {
        return new Request(Endpoint.HA_DISARM, Endpoint.HA_DISARM.path(), Map.of("resource-mode", "ignore"));
    }

    static Request arm() {
        return new Request(Endpoint.HA_ARM, Endpoint.HA_ARM.path(), Map.of());
    }

    /** Every storage as it is declared, whichever node has it. */
    static Request storageConfig() {
        return new Request(Endpoint.STORAGE_CONFIG, Endpoint.STORAGE_CONFIG.path(), Map.of());
    }

    static Request permissions() {
        return new Request(Endpoint.PERMISSIONS, Endpoint.PERMISSIONS.path(), Map.of());
    }

    /** Every guest of that kind that the token may see; with the full state of VMs, as {@code qm list} has it. */
    static Request guests(String node, Form form) {
        return form == Form.VM ? at(Endpoint.VMS, node, Map.of("full", "1")) : at(Endpoint.CONTAINERS, node, Map.of());
    }

    static Request status(String node, Form form, int vmid) {
        return guest(form == Form.VM ? Endpoint.VM_STATUS : Endpoint.CONTAINER_STATUS, node, vmid, Map.of());
    }

    static Request config(String node, Form form, int vmid) {
        return guest(form == Form.VM ? Endpoint.VM_CONFIG : Endpoint.CONTAINER_CONFIG, node, vmid, Map.of());
    }

    /** The time is explicit, so that the guest's own {@code down=} does not replace it; force is never left to it. */
    static Request shutdown(String node, Form form, int vmid, Duration grace) {
        long seconds = Math.max(1, grace.plusMillis(999).toSeconds());
        Map<String, String> with = Map.of("timeout", Long.toString(seconds), "forceStop", "0");
        return guest(form == Form.VM ? Endpoint.VM_SHUTDOWN : Endpoint.CONTAINER_SHUTDOWN, node, vmid, with);
    }

    /** Where the node's version has it, a shutdown that holds the guest's lock is ended first. */
    static Request stop(String node, Form form, int vmid, Version version) {
        Map<String, String> with = version.atLeast(Version.OVERRULES) ? Map.of("overrule-shutdown", "1") : Map.of();
        return guest(form == Form.VM ? Endpoint.VM_STOP : Endpoint.CONTAINER_STOP, node, vmid, with);
    }

    static Request start(String node, Form form, int vmid) {
        return guest(form == Form.VM ? Endpoint.VM_START : Endpoint.CONTAINER_START, node, vmid, Map.of());
    }

    /** The guest agent of a VM; containers have none. */
    static Request ping(String node, int vmid) {
        return guest(Endpoint.VM_PING, node, vmid, Map.of());
    }

    static Request running(String node) {
        return at(Endpoint.TASKS, node, Map.of("source", "active"));
    }

    /** Every task of that guest, ended ones too: one that ends at once is in no list of running ones. */
    static Request tasks(String node, int vmid) {
        return at(Endpoint.TASKS, node, Map.of("source", "all", "vmid", Integer.toString(vmid)));
    }

    static Request task(String node, Upid upid) {
        return one(Endpoint.TASK, node, upid);
    }

    /** Needs the right to it where the task is another's. */
    static Request abort(String node, Upid upid) {
        return one(Endpoint.ABORT, node, upid);
    }

    private static Request one(Endpoint endpoint, String node, Upid upid) {
        Request at = at(endpoint, node, Map.of());
        return new Request(endpoint, at.path().replace("{upid}", HttpCall.segment(upid.text())), Map.of());
    }

    static Request storages(String node) {
        return at(Endpoint.STORAGES, node, Map.of());
    }

    static Request pools(String node) {
        return at(Endpoint.POOLS, node, Map.of());
    }

    static Request disks(String node) {
        return at(Endpoint.DISKS, node, Map.of());
    }

    /** What waits, by the lists of packages that the node has: it fetches none for it. */
    static Request updates(String node) {
        return at(Endpoint.UPDATES, node, Map.of());
    }

    static Request service(String node, String service) {
        Request at = at(Endpoint.SERVICE, node, Map.of());
        return new Request(Endpoint.SERVICE, at.path().replace("{service}", HttpCall.segment(service)), Map.of());
    }

    /** Answers at once and with no task. */
    static Request powerOff(String node) {
        return at(Endpoint.NODE_POWER, node, Map.of("command", "shutdown"));
    }

    private static Request at(Endpoint endpoint, String node, Map<String, String> with) {
        return new Request(endpoint, endpoint.path().replace("{node}", HttpCall.segment(node)), with);
    }

    private static Request guest(Endpoint endpoint, String node, int vmid, Map<String, String> with) {
        Request at = at(endpoint, node, with);
        return new Request(endpoint, at.path().replace("{vmid}", Integer.toString(vmid)), with);
    }

    /** Content goes only with what is posted: on anything else it is a 501. */
    HttpCall call(Duration limit) {
        return switch (endpoint.method()) {
            case GET -> HttpCall.get(ROOT + path, parameters, limit);
            case DELETE -> HttpCall.delete(ROOT + path, limit);
            default -> HttpCall.post(ROOT + path, parameters, limit);
        };
    }
}
