package io.ridethrough.contract;

import java.util.List;

/** One way to energise an asset; an asset declares an ordered list of them. */
public sealed interface WakeWay permits WakeWay.WakeOnLan {

    /**
     * A magic packet to every listed MAC (disputed MACs are all tried).
     *
     * @param broadcast the subnet's broadcast address
     */
    record WakeOnLan(List<String> macs, String broadcast, int port) implements WakeWay {
        public WakeOnLan {
            macs = List.copyOf(macs);
        }
    }
}
