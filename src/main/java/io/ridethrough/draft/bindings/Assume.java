package io.ridethrough.draft.bindings;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Marks a mapping as an assumption; several reasons stand side by side. */
final class Assume {
    private static final int LONGEST = 390;

    private Assume() {}

    static void that(ObjectNode values, String why) {
        String before = values.path("assumed").asText("");
        String joined = before.isEmpty() ? why : before.contains(why) ? before : before + "; " + why;
        values.remove("assumed");
        values.put("assumed", joined.length() > LONGEST ? joined.substring(0, LONGEST - 3) + "..." : joined);
    }
}
