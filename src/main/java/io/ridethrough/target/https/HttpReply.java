package io.ridethrough.target.https;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What came of a call. */
public sealed interface HttpReply {
    /**
     * The target answered, whatever its status: 595, 596 and 599 of a Proxmox proxy too (protocols 1.1).
     *
     * @param reason the reason phrase; Proxmox tells what is wrong in it
     * @param headers by lower-case name
     * @param body as UTF-8, cut at the bound of the caller's connection
     */
    record Answered(int status, String reason, Map<String, List<String>> headers, String body) implements HttpReply {
        public Answered {
            headers = new TreeMap<>(headers);
        }

        /** The first value of a header. */
        public Optional<String> header(String name) {
            return headers.getOrDefault(name.toLowerCase(java.util.Locale.ROOT), List.of()).stream()
                    .findFirst();
        }

        /** Whether the status is one of 200 to 299; what that means is up to the target's protocol. */
        public boolean ok() {
            return status >= 200 && status < 300;
        }
    }

    /** No answer within the call's limit: what it did is unknown until one looks. */
    record TimedOut(String why) implements HttpReply {}

    /** The connection went away after it was sent: what it did is unknown until one looks. */
    record Lost(String why) implements HttpReply {}

    /** It was never sent. */
    record Undelivered(Cause cause, String why) implements HttpReply {}

    /** Why a call could not be sent. */
    enum Cause {
        /** No connection. */
        UNREACHABLE,
        /** The certificate is not the one that is pinned. */
        IDENTITY,
        /** Every connection is in use. */
        BUSY,
        /** It has no address, no secret or no certificate pinned here. */
        UNDECLARED
    }
}
