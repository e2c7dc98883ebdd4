package io.ridethrough.contract;

import java.util.Optional;

/**
 * A UniFi controller.
 *
 * @param runsOn the device or guest that it runs on; its name in routes and reports
 * @param site the short name of the site in it
 * @param classicSecret names user and password for its classic interface; absent when that is not used
 */
public record UnifiController(AssetId runsOn, Form form, String site, ApiAccess api, Optional<String> classicSecret) {
    /** Where its interfaces stand. */
    public enum Form {
        UNIFI_OS,
        SELF_HOSTED
    }
}
