package io.ridethrough.contract;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** One way to energise an asset; an asset declares an ordered list of them. */
public sealed interface WakeWay
        permits WakeWay.WakeOnLan,
                WakeWay.Management,
                WakeWay.PoweredPort,
                WakeWay.Plug,
                WakeWay.AlarmClock,
                WakeWay.Unaided {
    /** Whether it works while the orchestrator is down (R39). */
    boolean worksWithoutUs();

    /**
     * A magic packet to every listed MAC (disputed MACs are all tried).
     *
     * @param broadcast the subnet's broadcast address
     * @param from the host on the same LAN that sends it; we do where none is named
     */
    record WakeOnLan(List<String> macs, String broadcast, int port, Optional<AssetId> from) implements WakeWay {
        public WakeOnLan {
            macs = List.copyOf(macs);
        }

        /** Sent by us. */
        public WakeOnLan(List<String> macs, String broadcast, int port) {
            this(macs, broadcast, port, Optional.empty());
        }

        /** We send it, or have it sent. */
        @Override
        public boolean worksWithoutUs() {
            return false;
        }
    }

    /**
     * Its management controller switches it on, by Redfish.
     *
     * @param controller the device
     * @param system which of the controller's systems it is
     */
    record Management(AssetId controller, String system, ApiAccess api) implements WakeWay {
        /** We ask for it. */
        @Override
        public boolean worksWithoutUs() {
            return false;
        }
    }

    /**
     * What feeds it at a switch or a power strip gives no power for some seconds and then again: only where nothing of it
     * answers.
     *
     * @param controller of the switch
     * @param mac the switch's own, in lower case with colons
     * @param port the number of the port or outlet, from 1
     */
    record PoweredPort(AssetId controller, String mac, int port, Feed feed) implements WakeWay {
        /** In words for people: {@code port 5 of switch 02:00:5e:20:00:01}. */
        public String words() {
            return (feed == Feed.OUTLET ? "outlet " : "port ") + port + " of switch " + mac;
        }

        /** We ask for it. */
        @Override
        public boolean worksWithoutUs() {
            return false;
        }
    }

    /** How a switch feeds something. */
    enum Feed {
        /** By PoE. */
        PORT,
        /** By a mains outlet with a relay. */
        OUTLET
    }

    /**
     * Its own clock wakes it: the alarm is set before it is told to power off, and rings whatever has become of us.
     *
     * @param after how long after its power-off is due it rings
     * @param inOutage whether it is set too when power fails: it is lost where it rings before power is back, and boots a
     *     machine on battery where that still lasts
     */
    record AlarmClock(Duration after, boolean inOutage) implements WakeWay {
        /** Set only in planned work it helps nobody after an outage. */
        @Override
        public boolean worksWithoutUs() {
            return inOutage;
        }
    }

    /**
     * The smart plug that feeds it is switched on; where it is on already and nothing of the machine answers, it is switched
     * off and on again, if that is permitted. Its firmware boots it when power returns.
     *
     * @param device the plug
     * @param feeds the machine
     * @param broker for example {@code tcp://192.0.2.20:1883}
     * @param secret the name of the secret {@code user:password}, if the broker wants one
     * @param topic by which the plug is known, as its dialect has it
     * @param output which of its outputs it is, as its vendor counts
     * @param force whether power may be taken from a machine that does not answer
     * @param offBelow fewer watts than this are a sign that the machine is off (R20); none where watts are no sign
     * @param tls what the certificate of its broker must be
     */
    record Plug(
            AssetId device,
            AssetId feeds,
            String broker,
            Optional<String> secret,
            PlugKind kind,
            String topic,
            int output,
            boolean force,
            OptionalDouble offBelow,
            Optional<ApiAccess.Tls> tls)
            implements WakeWay {
        /** We ask for it. */
        @Override
        public boolean worksWithoutUs() {
            return false;
        }
    }

    /** What a smart plug speaks. */
    enum PlugKind {
        TASMOTA,
        /** Shelly's first generation. */
        SHELLY_1,
        /** Shelly's second generation and later ones. */
        SHELLY_2
    }

    /** Something else energises it; nothing is sent for it. */
    record Unaided(By by) implements WakeWay {
        @Override
        public boolean worksWithoutUs() {
            return true;
        }
    }

    /** Who energises an asset when we cannot. */
    enum By {
        /** Its firmware, when mains return to it: only what had lost them comes back. */
        MAINS,
        /** Its own clock's alarm, set by somebody else, such as every day by its firmware. */
        ALARM_CLOCK,
        /** Its management controller, commanded or scheduled by somebody else. */
        MANAGEMENT,
        /** Another machine that stays on and sends a magic packet. */
        OTHER_HOST
    }
}
