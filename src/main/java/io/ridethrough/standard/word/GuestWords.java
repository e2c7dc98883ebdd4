package io.ridethrough.standard.word;

import io.ridethrough.contract.BackupTarget;
import io.ridethrough.contract.Guest;
import io.ridethrough.contract.Mount;
import io.ridethrough.contract.Upkeep;
import java.util.List;
import java.util.Optional;

/** What is said of a guest. */
final class GuestWords {
    static final List<Word<Guest>> ALL = List.of(
            Word.number("asset.vmid", (guest, at) -> guest.vmid()),
            Word.truth("asset.container", (guest, at) -> guest.form() == Guest.Form.CONTAINER),
            Word.truth("asset.onboot", (guest, at) -> guest.onboot()),
            Word.truth("asset.has_ssh", (guest, at) -> guest.ssh().isPresent()),
            Word.texts(
                    "asset.mounts",
                    (guest, at) -> guest.mounts().stream().map(Mount::at).toList()),
            Word.number(
                    "asset.cores",
                    (guest, at) -> profile(guest, at).map(Upkeep.Profile::cores).orElse(0)),
            Word.number("asset.memory", (guest, at) -> profile(guest, at)
                    .map(Upkeep.Profile::memory)
                    .orElse(0L)),
            Word.texts("asset.storages", (guest, at) -> profile(guest, at)
                    .map(Upkeep.Profile::storages)
                    .orElse(List.of())),
            Word.number("asset.backup_targets", (guest, at) -> at.site()
                    .upkeep()
                    .backups(BackupTarget.Kind.GUESTS, guest.id())
                    .size()));

    private GuestWords() {}

    private static Optional<Upkeep.Profile> profile(Guest guest, At at) {
        return at.site().upkeep().profile(guest.id());
    }
}
