package io.ridethrough.lab.host;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Site;
import io.ridethrough.lab.api.Asked;
import io.ridethrough.lab.api.Said;
import io.ridethrough.lab.host.Fault.Interface.How;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * The DSM of one simulated NAS, version 6 or 7 (protocols 2.1 to 2.3). Every answer is 200; errors are numbers. Traps: a
 * shutdown exists in version 1 only (103), a newer login of the same session name ends the older one (107), sessions do
 * not outlive a boot (119), and from the fifth refused login on every login is blocked (407).
 */
public final class LabDsm {
    private static final int PATIENCE = 5;

    /** Which DSM it runs. */
    public enum Release {
        DSM_6("auth.cgi", 6, "DSM 6.2.4-25556", 1),
        DSM_7("entry.cgi", 7, "DSM 7.2.1-69057", 3);

        private final String loginPath;
        private final int newestLogin;
        private final String version;
        private final int newestSystem;

        Release(String loginPath, int newestLogin, String version, int newestSystem) {
            this.loginPath = loginPath;
            this.newestLogin = newestLogin;
            this.version = version;
            this.newestSystem = newestSystem;
        }
    }

    private final LabModel model;
    private final LabHost nas;
    private final LabInterface own;
    private final String login;
    private boolean rebuilds;
    private String doing = "none";
    private final Map<String, String> volumes = new LinkedHashMap<>(Map.of("volume_1", "normal"));
    private Release release = Release.DSM_7;
    private String backup = "backupable";
    private String backupResult = "done";
    private boolean followsUps = true;
    private boolean wakes = true;
    private int answersWith;
    private int refusesWith;
    private String sid = "";
    private String token = "";
    private String boot = "";
    private int logins;
    private int refused;

    /** @param login {@code user:password} */
    public LabDsm(LabModel model, AssetId nas, String login) {
        this.model = model;
        this.nas = model.host(nas).orElseThrow();
        this.own = new LabInterface(model, this.nas);
        this.login = login;
    }

    /** From now on it is another release; sessions end. */
    public void release(Release other) {
        model.clock.settle(() -> {
            release = other;
            sid = "";
        });
    }

    /** A volume comes to that state; empty for one that tells none. */
    public void volume(String id, String status) {
        model.clock.settle(() -> volumes.put(id, status));
    }

    /** Its pool is worked on, with its status as it was, or no more. */
    public void rebuilds(boolean on) {
        model.clock.settle(() -> rebuilds = on);
    }

    /** Its backup task comes to that state, for example {@code backup}. */
    public void backup(String state) {
        model.clock.settle(() -> backup = state);
    }

    /** What its backup task does beside its state, for example {@code version_deleting}; {@code none} at rest. */
    public void doing(String status) {
        model.clock.settle(() -> doing = status);
    }

    /** What its backup task is at. */
    public String backup() {
        return model.clock.ask(() -> backup);
    }

    /** Somebody turned its following of a UPS on or off. */
    public void followsUps(boolean whether) {
        model.clock.settle(() -> followsUps = whether);
    }

    /** Somebody turned on or off that it starts when mains return and that it listens to magic packets. */
    public void wakes(boolean whether) {
        model.clock.settle(() -> wakes = whether);
    }

    /** Its backup task ended so, for example {@code done}. */
    public void backupEnded(String result) {
        model.clock.settle(() -> backupResult = result);
    }

    /** It answers every call within a session with that number of protocols 2.3 from now on; with 0 it is well again. */
    public void answersWith(int code) {
        model.clock.settle(() -> answersWith = code);
    }

    /** The same for every login, which does not count as a wrong password. */
    public void refusesLoginsWith(int code) {
        model.clock.settle(() -> refusesWith = code);
    }

    /** Its session is forgotten. */
    public void expire() {
        model.clock.settle(() -> sid = "");
    }

    /** How many logins it has seen, refused ones too. */
    public int logins() {
        return model.clock.ask(() -> logins);
    }

    public boolean isOpen() {
        return own.isOpen();
    }

    public CompletableFuture<Said> answer(Asked asked) {
        String method = asked.parameter("method");
        return own.answer(
                asked,
                method.equals("shutdown") || method.equals("suspend"),
                "dsm",
                asked.parameter("api") + " " + method,
                this::said,
                said -> said.body().contains("\"success\":true"));
    }

    private Said said(Asked asked) {
        if (!boot.equals(nas.bootId())) {
            boot = nas.bootId();
            sid = "";
        }
        String api = asked.parameter("api");
        String call = api + " " + asked.parameter("method");
        if (!asked.path().equals("/webapi/" + path(api))) {
            return no(102);
        }
        if (call.equals("SYNO.API.Info query")) {
            return yes(offers());
        }
        if (api.equals("SYNO.API.Auth")) {
            return call.endsWith("login") ? login(asked) : logout(asked);
        }
        if (sid.isEmpty() || !asked.parameter("_sid").equals(sid)) {
            return no(sid.isEmpty() ? 119 : 107);
        }
        if (!asked.header("x-syno-token").equals(token)
                && !asked.parameter("SynoToken").equals(token)) {
            return no(119);
        }
        if (own.fails(How.NO_RIGHTS)) {
            return no(105);
        }
        if (answersWith != 0) {
            return no(answersWith);
        }
        return switch (call) {
            case "SYNO.DSM.Info getinfo" -> of(asked, 2, info());
            case "SYNO.Storage.CGI.Storage load_info" -> of(asked, 1, storage());
            case "SYNO.Backup.Task list" ->
                of(
                        asked,
                        1,
                        "{\"task_list\":[{\"task_id\":1,\"name\":\"offsite\",\"state\":\"" + backup + "\",\"status\":\""
                                + doing + "\"}]}");
            case "SYNO.Backup.Task status" -> of(asked, 1, task());
            case "SYNO.Backup.Task suspend" -> suspended(asked);
            case "SYNO.Core.ExternalDevice.UPS get" ->
                of(asked, 1, "{\"enable\":" + followsUps + ",\"mode\":\"SLAVE\",\"delay_time\":300}");
            case "SYNO.Core.Hardware.PowerRecovery get" ->
                of(asked, 1, "{\"rc_power_config\":" + wakes + ",\"wol1\":" + wakes + ",\"wol2\":false}");
            case "SYNO.Core.System shutdown" -> shutdown(asked);
            default -> no(103);
        };
    }

    private String path(String api) {
        return switch (api) {
            case "SYNO.API.Info" -> "query.cgi";
            case "SYNO.API.Auth" -> release.loginPath;
            default -> "entry.cgi";
        };
    }

    private Said login(Asked asked) {
        logins++;
        if (refused >= PATIENCE) {
            return no(407);
        }
        if (asked.parameters().containsKey("passwd") && !asked.method().equals("POST")) {
            return no(101);
        }
        if (Integer.parseInt(asked.parameter("version")) > release.newestLogin) {
            return no(104);
        }
        if (refusesWith != 0) {
            return no(refusesWith);
        }
        if (!login.equals(asked.parameter("account") + ":" + asked.parameter("passwd"))) {
            refused++;
            return no(400);
        }
        sid = "lab-sid-" + logins;
        token = "lab-token-" + logins;
        return yes("{\"sid\":\"" + sid + "\",\"synotoken\":\"" + token + "\"}");
    }

    private Said logout(Asked asked) {
        if (asked.parameter("_sid").equals(sid)) {
            sid = "";
        }
        return yes("{}");
    }

    /** One that does not run says 44xx (protocols 2.2). */
    private Said suspended(Asked asked) {
        if (!backup.equals("backup")) {
            return no(4401);
        }
        if (!own.fails(How.PRETENDS)) {
            backup = "suspended";
        }
        return of(asked, 1, "{}");
    }

    /** Says so at once, and goes down later. */
    private Said shutdown(Asked asked) {
        if (!asked.parameter("version").equals("1")) {
            return no(103);
        }
        if (!asked.parameter("local").equals("true")) {
            return no(101);
        }
        if (!own.fails(How.PRETENDS)) {
            model.clock.after(Duration.ofSeconds(2), nas::powerOff);
        }
        return yes("{}");
    }

    private String offers() {
        return "{\"SYNO.API.Auth\":" + offer(release.loginPath, release.newestLogin)
                + ",\"SYNO.API.Info\":" + offer("query.cgi", 1)
                + ",\"SYNO.DSM.Info\":" + offer("entry.cgi", 2)
                + ",\"SYNO.Core.System\":" + offer("entry.cgi", release.newestSystem)
                + ",\"SYNO.Storage.CGI.Storage\":" + offer("entry.cgi", 1)
                + ",\"SYNO.Backup.Task\":" + offer("entry.cgi", 1)
                + ",\"SYNO.Core.ExternalDevice.UPS\":" + offer("entry.cgi", 1)
                + ",\"SYNO.Core.Hardware.PowerRecovery\":" + offer("entry.cgi", 1) + "}";
    }

    private static String offer(String path, int newest) {
        return "{\"path\":\"" + path + "\",\"minVersion\":1,\"maxVersion\":" + newest + "}";
    }

    private String info() {
        return "{\"model\":\"DS918+\",\"serial\":\"LAB\",\"temperature\":40,\"uptime\":270669,\"version_string\":\""
                + release.version + "\"}";
    }

    /** Sizes are texts of bytes, and a part may have no status (protocols 2.3). */
    private String storage() {
        String all = volumes.entrySet().stream()
                .map(one -> "{\"id\":\"" + one.getKey() + "\",\"size\":{\"total\":\"7672030584832\"}"
                        + (one.getValue().isEmpty() ? "" : ",\"status\":\"" + one.getValue() + "\"") + "}")
                .collect(Collectors.joining(","));
        return "{\"volumes\":[" + all
                + "],\"storagePools\":[{\"id\":\"reuse_1\",\"status\":\"normal\",\"is_actioning\":"
                + rebuilds + "}],"
                + "\"disks\":[{\"id\":\"sda\",\"status\":\"normal\",\"smart_status\":\"normal\"},"
                + "{\"id\":\"sdb\",\"status\":\"not_use\"}],\"env\":{}}";
    }

    /** Half a day ago, by its own clock (protocols 2.2). */
    private String ended() {
        ZoneId zone = Optional.ofNullable(model.contracts().sites().get(nas.id().site()))
                .map(Site::zone)
                .orElse(ZoneOffset.UTC);
        return LocalDateTime.ofInstant(model.clock.now().minus(Duration.ofHours(12)), zone)
                .format(DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm", Locale.ROOT));
    }

    private String task() {
        return "{\"task_id\":1,\"state\":\"" + backup + "\",\"status\":\"" + doing + "\",\"last_bkp_time\":\"" + ended()
                + "\",\"last_bkp_result\":\"" + backupResult + "\"}";
    }

    private static Said of(Asked asked, int version, String json) {
        return asked.parameter("version").equals(Integer.toString(version)) ? yes(json) : no(104);
    }

    private static Said yes(String json) {
        return new Said(200, "OK", "{\"data\":" + json + ",\"success\":true}");
    }

    private static Said no(int code) {
        return new Said(200, "OK", "{\"error\":{\"code\":" + code + "},\"success\":false}");
    }
}
