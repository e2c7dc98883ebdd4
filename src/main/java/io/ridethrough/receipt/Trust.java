package io.ridethrough.receipt;

import java.util.List;

/**
 * What is known of a chain from elsewhere than the chain itself.
 *
 * @param keys those that may have signed it; none where nobody told
 * @param anchors the heads that were kept elsewhere, in the order in which they were kept
 */
public record Trust(List<VerifyingKey> keys, List<Head> anchors) {
    /** Nothing is known. */
    public static final Trust NOTHING = new Trust(List.of(), List.of());

    public Trust {
        keys = List.copyOf(keys);
        anchors = List.copyOf(anchors);
    }
}
