package io.ridethrough.target.dsm;

/**
 * Every call within a session, each in the one version whose form is known (protocols 2.2): the highest that a unit
 * offers is not the right one, since a shutdown exists in version 1 only.
 */
public enum DsmCall {
    INFO("SYNO.DSM.Info", "getinfo", 2),
    STORAGE("SYNO.Storage.CGI.Storage", "load_info", 1),
    BACKUPS("SYNO.Backup.Task", "list", 1),
    BACKUP("SYNO.Backup.Task", "status", 1),
    SUSPEND_BACKUP("SYNO.Backup.Task", "suspend", 1),
    UPS("SYNO.Core.ExternalDevice.UPS", "get", 1),
    POWER_RECOVERY("SYNO.Core.Hardware.PowerRecovery", "get", 1),
    SHUTDOWN("SYNO.Core.System", "shutdown", 1);

    private final String api;
    private final String method;
    private final int version;

    DsmCall(String api, String method, int version) {
        this.api = api;
        this.method = method;
        this.version = version;
    }

    public String api() {
        return api;
    }

    public String method() {
        return method;
    }

    public int version() {
        return version;
    }
}
