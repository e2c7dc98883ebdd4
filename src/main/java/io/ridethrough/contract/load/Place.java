package io.ridethrough.contract.load;

/** A place in a text: line and column count from 1, columns in code points. */
record Place(int line, int column) {
    static final Place START = new Place(1, 1);
}
