package io.ridethrough.power;

/** What is believed of one UPS: a level, not an event (R1). */
public sealed interface UpsState {
    /** How it counts for what it feeds. */
    Feed feed();

    /** Nothing was heard since we started. */
    record Unheard() implements UpsState {
        @Override
        public Feed feed() {
            return Feed.UNDECIDED;
        }
    }

    /** OL and nothing against it. */
    record Online() implements UpsState {
        @Override
        public Feed feed() {
            return Feed.MAINS;
        }
    }

    /** OL LB: mains is there, the battery is nearly empty; usual after an outage. */
    record Recharging() implements UpsState {
        @Override
        public Feed feed() {
            return Feed.UNDECIDED;
        }
    }

    /** OB. */
    record OnBattery() implements UpsState {
        @Override
        public Feed feed() {
            return Feed.BATTERY;
        }
    }

    /** OB LB. */
    record LowBattery() implements UpsState {
        @Override
        public Feed feed() {
            return Feed.BATTERY;
        }
    }

    /**
     * FSD: the UPS's own server calls for a shutdown, or its latch of an earlier call was not cleared.
     *
     * @param feed BATTERY with OB; UNDECIDED with OL: no trigger for either direction
     */
    record Forced(Feed feed) implements UpsState {}

    /**
     * A status that says neither; never "mains is back", never "shut down now".
     *
     * @param last what it clearly said before
     */
    record Unclear(UpsState last) implements UpsState {
        @Override
        public Feed feed() {
            return last.feed() == Feed.BATTERY ? Feed.BATTERY : Feed.UNDECIDED;
        }
    }

    /**
     * Silence of a periodic source, the bridge's or the broker's word (R3, R5).
     *
     * @param last what it clearly said before
     */
    record CommunicationLost(UpsState last, String reason) implements UpsState {
        @Override
        public Feed feed() {
            return last.feed() == Feed.BATTERY ? Feed.BATTERY : Feed.UNDECIDED;
        }
    }

    /** The last clear state: itself, unless it is unclear or lost. */
    default UpsState clear() {
        if (this instanceof Unclear unclear) {
            return unclear.last();
        }
        return this instanceof CommunicationLost lost ? lost.last() : this;
    }

    /** What an asset gets from it. */
    enum Feed {
        /** Counts as online for an outage and for the return. */
        MAINS,
        /** Neither starts an outage nor ends one. */
        UNDECIDED,
        /** Not online: counts towards an outage. */
        BATTERY
    }
}
