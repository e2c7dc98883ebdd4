package io.ridethrough.target.proxmox.api;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What of a guest's configuration decides whether and how it may be stopped and started.
 *
 * @param lock backup, migrate, snapshot, suspended ...; empty when it is free
 * @param onboot whether the node starts it when it boots
 */
public record GuestConfig(String lock, boolean onboot, boolean template) {
    static GuestConfig read(JsonNode data) {
        return new GuestConfig(
                data.path("lock").asText(""), ApiAnswer.yes(data.path("onboot")), ApiAnswer.yes(data.path("template")));
    }
}
