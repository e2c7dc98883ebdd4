package io.ridethrough.standard.word;

import io.ridethrough.contract.Guest;
import io.ridethrough.contract.Mount;
import java.util.List;

/** What is said of a guest. */
final class GuestWords {
    static final List<Word<Guest>> ALL = List.of(
            Word.number("asset.vmid", (guest, at) -> guest.vmid()),
            Word.truth("asset.container", (guest, at) -> guest.form() == Guest.Form.CONTAINER),
            Word.truth("asset.onboot", (guest, at) -> guest.onboot()),
            Word.truth("asset.has_ssh", (guest, at) -> guest.ssh().isPresent()),
            Word.texts(
                    "asset.mounts",
                    (guest, at) -> guest.mounts().stream().map(Mount::at).toList()));

    private GuestWords() {}
}
