package io.ridethrough.architecture;

/** A string that stands in a file of the product. */
record Literal(String file, long line, String text) {
    @Override
    public String toString() {
        return file + ":" + line + ": \"" + text + "\"";
    }
}
