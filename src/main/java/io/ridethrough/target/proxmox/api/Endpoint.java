package io.ridethrough.target.proxmox.api;

import io.ridethrough.target.https.HttpCall.Method;
import java.util.List;
import java.util.Set;

/** Every request that is ever sent to a node, with all the parameters it may carry: an unknown one is a 400. */
public enum Endpoint {
    VERSION(Method.GET, "/version"),
    CLUSTER(Method.GET, "/cluster/status"),
    STORAGE_CONFIG(Method.GET, "/storage"),
    PERMISSIONS(Method.GET, "/access/permissions"),
    VMS(Method.GET, "/nodes/{node}/qemu", "full"),
    CONTAINERS(Method.GET, "/nodes/{node}/lxc"),
    VM_STATUS(Method.GET, "/nodes/{node}/qemu/{vmid}/status/current"),
    CONTAINER_STATUS(Method.GET, "/nodes/{node}/lxc/{vmid}/status/current"),
    VM_CONFIG(Method.GET, "/nodes/{node}/qemu/{vmid}/config"),
    CONTAINER_CONFIG(Method.GET, "/nodes/{node}/lxc/{vmid}/config"),
    VM_SHUTDOWN(Method.POST, "/nodes/{node}/qemu/{vmid}/status/shutdown", "timeout", "forceStop"),
    CONTAINER_SHUTDOWN(Method.POST, "/nodes/{node}/lxc/{vmid}/status/shutdown", "timeout", "forceStop"),
    VM_STOP(Method.POST, "/nodes/{node}/qemu/{vmid}/status/stop", "overrule-shutdown"),
    CONTAINER_STOP(Method.POST, "/nodes/{node}/lxc/{vmid}/status/stop", "overrule-shutdown"),
    VM_START(Method.POST, "/nodes/{node}/qemu/{vmid}/status/start"),
    CONTAINER_START(Method.POST, "/nodes/{node}/lxc/{vmid}/status/start"),
    VM_PING(Method.POST, "/nodes/{node}/qemu/{vmid}/agent/ping"),
    TASKS(Method.GET, "/nodes/{node}/tasks", "source", "vmid"),
    TASK(Method.GET, "/nodes/{node}/tasks/{upid}/status"),
    STORAGES(Method.GET, "/nodes/{node}/storage"),
    POOLS(Method.GET, "/nodes/{node}/disks/zfs"),
    DISKS(Method.GET, "/nodes/{node}/disks/list"),
    UPDATES(Method.GET, "/nodes/{node}/apt/update"),
    SERVICE(Method.GET, "/nodes/{node}/services/{service}/state"),
    ABORT(Method.DELETE, "/nodes/{node}/tasks/{upid}"),
    HA_RESOURCES(Method.GET, "/cluster/ha/resources"),
    HA_STATUS(Method.GET, "/cluster/ha/status/current"),
    HA_DISARM(Method.POST, "/cluster/ha/status/disarm-ha", "resource-mode"),
    HA_ARM(Method.POST, "/cluster/ha/status/arm-ha"),
    NODE_POWER(Method.POST, "/nodes/{node}/status", "command");

    private final Method method;
    private final String path;
    private final String parameters;

    Endpoint(Method method, String path, String... parameters) {
        this.method = method;
        this.path = path;
        this.parameters = String.join(" ", parameters);
    }

    public Method method() {
        return method;
    }

    /** Below {@code /api2/json}, with places in braces. */
    public String path() {
        return path;
    }

    /** The names of every parameter that it is ever sent with. */
    public Set<String> parameters() {
        return parameters.isEmpty() ? Set.of() : Set.copyOf(List.of(parameters.split(" ", -1)));
    }
}
