package io.ridethrough.target.proxmox;

/** What a Proxmox node told, whichever way it was asked. */
public sealed interface NodeTold {
    /** The state of a guest. */
    record State(GuestState state) implements NodeTold {}

    /** Every guest of a kind; who asks knows that the way could see them all. */
    record Listed(GuestList list) implements NodeTold {}

    /** Done, or so already. */
    record Done(String evidence) implements NodeTold {}

    /** The node, or the guest, said no. */
    record Declined(String evidence) implements NodeTold {}

    /** It may have been sent and may still go on: only a look tells. */
    record Lost(String evidence) implements NodeTold {}

    /** It was certainly not done, and nothing can be told. */
    record Undelivered(String evidence) implements NodeTold {}

    /** It was certainly not done, and will not be until a person has seen to the login or the identity. */
    record Barred(String evidence) implements NodeTold {}
}
