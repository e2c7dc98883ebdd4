package io.ridethrough.camel.hands;

import io.ridethrough.contract.Guest;
import io.ridethrough.contract.Node;
import io.ridethrough.contract.Site;
import io.ridethrough.run.Sight;
import io.ridethrough.target.Said;
import io.ridethrough.target.proxmox.GuestList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A node's guests as its site declares them, against those that it lists. */
record Inventory(@Nullable Site site, Node node, GuestList vms, GuestList containers) {

    /** Desired when every declared guest is there with its kind; whatever else is there is named. */
    Sight compared() {
        List<String> wrong = new ArrayList<>();
        int present = 0;
        for (Guest guest : declared()) {
            Optional<String> contradiction = contradiction(guest);
            contradiction.ifPresent(wrong::add);
            present += contradiction.isEmpty() ? 1 : 0;
        }
        if (wrong.isEmpty()) {
            return new Sight.Desired(String.join("; ", remarks(present + " guests as declared")));
        }
        return unread().isEmpty()
                ? new Sight.Mismatch(String.join("; ", remarks(String.join("; ", wrong))))
                : new Sight.Unseen(String.join("; ", remarks(String.join("; ", wrong))));
    }

    private List<Guest> declared() {
        return site == null
                ? List.of()
                : site.guests().stream()
                        .filter(guest -> guest.runsOn().equals(node.id()))
                        .toList();
    }

    private Optional<String> contradiction(Guest guest) {
        GuestList own = guest.form() == Guest.Form.VM ? vms : containers;
        GuestList other = guest.form() == Guest.Form.VM ? containers : vms;
        if (own.row(guest.vmid()).isPresent()) {
            return Optional.empty();
        }
        String name = guest.id().name() + " (" + guest.vmid() + ")";
        return Optional.of(other.row(guest.vmid())
                .map(row -> name + " is declared as a " + Guests.word(guest.form()) + " but is a "
                        + Guests.word(row.form()) + " named " + Said.line(row.name()))
                .orElse(name + " is declared as a " + Guests.word(guest.form()) + " but is not on node "
                        + node.nodeName()));
    }

    private List<String> remarks(String first) {
        List<String> remarks = new ArrayList<>(List.of(first));
        Stream.of(vms, containers)
                .flatMap(list -> list.rows().stream())
                .filter(row -> declared().stream().noneMatch(guest -> guest.vmid() == row.vmid()))
                .map(this::named)
                .forEach(remarks::add);
        unread().forEach(line -> remarks.add("not understood: " + Said.line(line)));
        return remarks;
    }

    private String named(GuestList.Row row) {
        String what =
                row.vmid() + " " + Said.line(row.name()) + " (" + Guests.word(row.form()) + ", " + row.status() + ")";
        Optional<Site.Excluded> excluded = site == null
                ? Optional.empty()
                : site.excluded().stream()
                        .filter(e -> e.vmid() == row.vmid()
                                && e.node().map(node.id()::equals).orElse(true))
                        .findFirst();
        return excluded.map(e -> "excluded: " + what + ", " + e.reason()).orElse("undeclared: " + what);
    }

    private List<String> unread() {
        return Stream.concat(vms.unread().stream(), containers.unread().stream())
                .toList();
    }
}
