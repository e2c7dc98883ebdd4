package io.ridethrough.cli;

/**
 * One side of one write of the journal, written {@code what:nth:before} or {@code what:nth:after}.
 *
 * @param what a name of {@link RecordNames}
 * @param nth the how-manieth of that name in one process, from 1
 * @param after whether the record is on disk then
 */
record Boundary(String what, int nth, boolean after) {
    static Boundary parse(String text) {
        int side = text.lastIndexOf(':');
        int nth = text.lastIndexOf(':', side - 1);
        return new Boundary(
                text.substring(0, nth),
                Integer.parseInt(text.substring(nth + 1, side)),
                text.substring(side + 1).equals("after"));
    }

    /** The kind of record. */
    String kind() {
        int at = what.indexOf('@');
        return at < 0 ? what : what.substring(0, at);
    }

    @Override
    public String toString() {
        return what + ":" + nth + (after ? ":after" : ":before");
    }
}
