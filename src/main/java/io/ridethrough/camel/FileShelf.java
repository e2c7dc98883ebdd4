package io.ridethrough.camel;

import io.ridethrough.receipt.AnchorFile;
import io.ridethrough.receipt.Head;
import java.io.IOException;
import java.util.List;

/** A file on another disk or machine, only ever appended to. */
record FileShelf(AnchorFile anchor) implements Shelf {
    @Override
    public String name() {
        return "file " + anchor.file();
    }

    @Override
    public boolean keepsAll() {
        return true;
    }

    @Override
    public List<Head> heads() throws IOException {
        return anchor.heads();
    }

    @Override
    public void keep(Head head) throws IOException {
        anchor.append(head);
    }
}
