package io.ridethrough.target.proxmox;

import io.ridethrough.contract.Guest.Form;
import io.ridethrough.target.way.Ask;
import io.ridethrough.target.way.Told;
import java.time.Duration;
import java.util.Map;

/** What is asked of a Proxmox node, whichever way it goes. */
public sealed interface NodeAsk extends Ask {
    /** What changes nothing: it may be asked again, and by another way. */
    sealed interface Look extends NodeAsk, Ask.Look {}

    /** What changes something: once it may have been sent, no way sends it again. */
    sealed interface Act extends NodeAsk, Ask.Act {}

    /** How one guest stands: {@link NodeTold.State}. */
    record State(Form form, int vmid) implements Look {}

    /** Every guest of that kind: {@link NodeTold.Listed}. */
    record Guests(Form form) implements Look {}

    /** Whether the guest itself answers: {@link Told.Done} when it does. */
    record Respond(Form form, int vmid) implements Look {}

    /** The tasks of one guest, ended ones too: {@link NodeTold.Tasks}. */
    record Tasks(int vmid) implements Look {}

    /** The tasks that run on the node now, whoever began them: {@link NodeTold.Tasks}. */
    record Working() implements Look {}

    /** What a guest is locked for: {@link NodeTold.Lock}. */
    record Lock(Form form, int vmid) implements Look {}

    /** How every part of that kind is: {@link NodeTold.Parts}. */
    record Parts(NodePart.Kind kind) implements Look {}

    /** How its cluster stands, and what its high availability looks after: {@link NodeTold.Cluster}. */
    record Cluster() implements Look {}

    /**
     * Whether this way may do all that is ever asked of the node and of these guests: {@link Told.Done} when it may,
     * {@link Told.Declined} with what is missing.
     *
     * @param guests their kinds by number
     */
    record Rights(Map<Integer, Form> guests) implements Look {
        public Rights {
            guests = Map.copyOf(guests);
        }
    }

    /** Ends a task that runs; whether it ended, only a look tells. */
    record Abort(String upid, Duration limit) implements Act {}

    /** The cluster's high availability lets go of its guests, or takes them up again (protocols 1.4: from 9.1 on). */
    record HighAvailability(ClusterState.Wanted wanted, Duration limit) implements Act {}

    /** Gracefully, within its grace; never by force. */
    record Shutdown(Form form, int vmid, Duration grace, Duration limit) implements Act {}

    /** By force. */
    record Stop(Form form, int vmid, Duration limit) implements Act {}

    record Start(Form form, int vmid, Duration limit) implements Act {}

    /** The node itself; accepted is not off. */
    record PowerOff(Duration limit) implements Act {}
}
