package io.ridethrough.lab.host;

/** What can be made to go wrong with an asset on demand. */
public sealed interface Fault permits Fault.Hang, Fault.Refuse, Fault.Slow, Fault.Interface {

    /** A guest ignores graceful shutdown until it is stopped by force; a host or stack never answers a command. */
    record Hang() implements Fault {}

    /** A host's ports refuse; a guest is locked by a backup and its ports refuse. */
    record Refuse() implements Fault {}

    /** Everything it does takes {@code factor} times longer. */
    record Slow(double factor) implements Fault {
        public Slow {
            if (!(factor > 0)) {
                throw new IllegalArgumentException("factor must be above 0, not " + factor);
            }
        }
    }

    /** Only its own interface fails, in all that it speaks or on one surface; its SSH goes on. */
    record Interface(How how, Surface on) implements Fault {
        public Interface {
            if (how == How.GONE && on != Surface.EVERY) {
                throw new IllegalArgumentException("surfaces share a port: " + on + " cannot be gone alone");
            }
        }

        /** All that it speaks. */
        public Interface(How how) {
            this(how, Surface.EVERY);
        }

        /** What an interface speaks, where that is more than one thing. */
        public enum Surface {
            /** All of it, and that of an interface which speaks one thing only. */
            EVERY,
            /** UniFi's integration API. */
            INTEGRATION,
            /** UniFi's classic API, its login too. */
            CLASSIC,
            /** Home Assistant's REST API. */
            REST,
            /** Home Assistant's WebSocket. */
            SOCKET
        }

        /** How it fails. */
        public enum How {
            /** Its port refuses. */
            GONE,
            /** It takes a request, and never answers. */
            SILENT,
            /** It does what it is asked to do, and hangs up instead of saying so; looks are answered. */
            DROPS,
            /** It answers 502 to everything, as a proxy does whose service is gone. */
            BROKEN,
            /** It answers late: after 8 s. */
            LATE,
            /** It answers one request with what is no answer, and is well again. */
            WRONG_ONCE,
            /** It says that it did, and does nothing. */
            PRETENDS,
            /** Its token may look and power guests and nodes, but neither ping an agent nor end what others began. */
            FEWER_RIGHTS,
            /** Its token has no rights: lists come empty with 200 (protocols 1.1). */
            NO_RIGHTS
        }
    }
}
