package io.ridethrough.target.dsm;

import com.fasterxml.jackson.databind.JsonNode;
import io.ridethrough.target.Said;
import io.ridethrough.target.nas.NasTold;
import io.ridethrough.target.nas.NasTold.Kind;
import io.ridethrough.target.nas.NasTold.Part;
import io.ridethrough.target.nas.NasTold.Setting;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads what DSM tells (protocols 2.2, 2.3). What is missing is told as missing. */
final class DsmReading {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy/M/d H:m[:s]");

    private DsmReading() {}

    static NasTold info(JsonNode data) {
        JsonNode up = data.path("uptime");
        return new NasTold.Info(
                word(data.path("model")),
                word(data.path("version_string")),
                up.canConvertToLong() ? Optional.of(Duration.ofSeconds(up.asLong())) : Optional.empty());
    }

    static NasTold storage(JsonNode data) {
        List<Part> parts = new ArrayList<>();
        data.path("volumes").forEach(one -> parts.add(part(Kind.VOLUME, one, "status")));
        data.path("storagePools").forEach(pool -> parts.add(pool(pool)));
        data.path("disks").forEach(disk -> parts.add(disk(disk)));
        return new NasTold.Storage(parts);
    }

    private static Part part(Kind kind, JsonNode one, String field) {
        return new Part(kind, word(one.path("id")), word(one.path(field)));
    }

    /** Its own status, unless that is well and it is being rebuilt or checked (protocols 2.3). */
    private static Part pool(JsonNode pool) {
        Part own = part(Kind.POOL, pool, "status");
        return own.isWell() && pool.path("is_actioning").asBoolean()
                ? new Part(Kind.POOL, own.id(), "background_operation")
                : own;
    }

    /** Its own status, unless that is well and another of its statuses is not. */
    private static Part disk(JsonNode disk) {
        Part own = part(Kind.DISK, disk, "status");
        return own.isWell()
                ? Stream.of("smart_status", "overview_status")
                        .map(other -> part(Kind.DISK, disk, other))
                        .filter(other -> !other.status().isEmpty() && !other.isWell())
                        .findFirst()
                        .orElse(own)
                : own;
    }

    static NasTold.BackupTask backup(JsonNode task, JsonNode status) {
        return new NasTold.BackupTask(
                task.path("task_id").asInt(),
                word(task.path("name")),
                state(task, status),
                time(word(status.path("last_bkp_time"))),
                word(status.path("last_bkp_result")));
    }

    /** Its state, or what tells beside it that it works: which of its fields does differs between releases. */
    private static String state(JsonNode task, JsonNode status) {
        String state = word(status.path("state").isMissingNode() ? task.path("state") : status.path("state"));
        return Stream.of(
                        state,
                        word(status.path("status")),
                        word(task.path("status")),
                        word(status.path("last_bkp_result")))
                .filter(NasTold.BackupTask::works)
                .findFirst()
                .orElse(state);
    }

    private static Optional<LocalDateTime> time(String text) {
        try {
            return Optional.of(LocalDateTime.parse(text, TIME));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    static NasTold ups(JsonNode data) {
        JsonNode delay = data.path("delay_time");
        return new NasTold.Ups(
                setting(data.path("enable")),
                word(data.path("mode")),
                delay.canConvertToLong() && delay.asLong() >= 0
                        ? Optional.of(Duration.ofSeconds(delay.asLong()))
                        : Optional.empty());
    }

    /** The flags of the ports are {@code wol1}, {@code wol2} and so on. */
    static NasTold power(JsonNode data) {
        Map<String, Setting> ports = new TreeMap<>();
        data.properties().stream()
                .filter(field -> field.getKey().matches("wol\\d+"))
                .forEach(field -> ports.put(field.getKey(), setting(field.getValue())));
        return new NasTold.PowerSettings(setting(data.path("rc_power_config")), ports);
    }

    private static Setting setting(JsonNode value) {
        return value.isBoolean() ? value.booleanValue() ? Setting.ON : Setting.OFF : Setting.UNTOLD;
    }

    private static String word(JsonNode value) {
        return Said.line(value.asText());
    }
}
