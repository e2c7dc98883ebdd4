package io.ridethrough.lab.host;

import io.ridethrough.contract.Guest;
import io.ridethrough.contract.Nas;
import io.ridethrough.contract.Posture;
import io.ridethrough.contract.Site;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What is as the site declares it for the standard: listening ports and accounts, drop-ins, what destroyed guests left,
 * bonded ports of a NAS, and the program of the name service.
 */
final class PostureCommands implements LabShell.Family {
    private static final String BOND = "/proc/net/bonding/bond0";
    private static final String LISTENS = "LISTEN 0      128          %s       0.0.0.0:*%n";

    private final LabModel model;

    PostureCommands(LabModel model) {
        this.model = model;
    }

    @Override
    public Optional<CompletableFuture<Reply>> answer(Call call) {
        return site(call).flatMap(site -> reply(call, site)).map(reply -> {
            model.events.note(call.on().id(), call.name(), call.word(1), "-", "call");
            return reply.now();
        });
    }

    private Optional<Site> site(Call call) {
        return Optional.ofNullable(model.contracts().sites().get(call.on().id().site()));
    }

    private Optional<Reply> reply(Call call, Site site) {
        if (site.posture()
                .names()
                .filter(names -> names.program().equals(call.words()))
                .isPresent()) {
            return Optional.of(new Reply(is(call, Condition.PROGRAM_GONE) ? 1 : 0, "", ""));
        }
        return switch (call.name()) {
            case "ss" -> Optional.of(Reply.ok(listening(call, site)));
            case "getent" -> call.word(1).equals("passwd") ? Optional.of(Reply.ok(accounts(call, site))) : none();
            case "systemctl" -> call.word(1).equals("show") ? Optional.of(Reply.ok(dropIns(call))) : none();
            case "cat" -> call.has(BOND) ? Optional.of(bond(call, site)) : none();
            case "pvesm" -> call.word(1).equals("list") ? Optional.of(Reply.ok(volumes(call, site))) : none();
            case "qm", "pct" -> call.word(1).equals("listsnapshot") ? Optional.of(snapshots(call)) : none();
            default -> none();
        };
    }

    private static Optional<Reply> none() {
        return Optional.empty();
    }

    private static Posture.Exposure exposure(Call call, Site site) {
        return site.posture()
                .exposures()
                .getOrDefault(call.on().id(), new Posture.Exposure(List.of(22), List.of("root")));
    }

    private String listening(Call call, Site site) {
        Stream<String> declared = exposure(call, site).ports().stream().map(port -> "0.0.0.0:" + port);
        Stream<String> own = Stream.of("127.0.0.1:25", "[::1]:25");
        Stream<String> other = is(call, Condition.PORT_OPEN) ? Stream.of("*:23") : Stream.empty();
        return Stream.of(declared, own, other)
                .flatMap(all -> all)
                .map(LISTENS::formatted)
                .collect(Collectors.joining());
    }

    private String accounts(Call call, Site site) {
        String system = "daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin\nsync:x:4:65534:sync:/bin:/bin/sync\n";
        String added = is(call, Condition.ACCOUNT_ADDED) ? "visitor:x:1000:1000::/home/visitor:/bin/sh\n" : "";
        return exposure(call, site).accounts().stream()
                        .map(account -> account + ":x:0:0::/root:/bin/bash\n")
                        .collect(Collectors.joining())
                + system
                + added;
    }

    private String dropIns(Call call) {
        List<String> units =
                call.words().stream().filter(word -> word.endsWith(".service")).toList();
        return IntStream.range(0, units.size())
                .mapToObj(i -> "Id=" + units.get(i) + "\nDropInPaths="
                        + (i == 0 && is(call, Condition.DROP_IN_GONE)
                                ? ""
                                : "/etc/systemd/system/" + units.get(i) + ".d/order.conf"))
                .collect(Collectors.joining("\n\n"));
    }

    private Reply bond(Call call, Site site) {
        int links = site.posture().links().getOrDefault(call.on().id(), 1);
        boolean isNas = model.contracts()
                .asset(call.on().id())
                .filter(Nas.class::isInstance)
                .isPresent();
        if (!isNas || links < 2) {
            return Reply.failed(1, "cat: " + BOND + ": No such file or directory");
        }
        String slaves = IntStream.range(0, links)
                .mapToObj(i -> "\nSlave Interface: eth" + i + "\nMII Status: "
                        + (i == 0 && is(call, Condition.LINK_DOWN) ? "down" : "up") + "\n")
                .collect(Collectors.joining());
        return Reply.ok("Bonding Mode: IEEE 802.3ad Dynamic link aggregation\nMII Status: up\n" + slaves);
    }

    /** Volumes of the guests that are there, an image that is of nobody, and perhaps one of a guest that is gone. */
    private String volumes(Call call, Site site) {
        Stream<Integer> there =
                model.guestsOn(call.on().id()).map(guest -> guest.declared().vmid());
        Stream<Integer> gone = is(call, Condition.VOLUME_LEFT)
                ? site.posture().destroyed().stream().limit(1)
                : Stream.empty();
        return "Volid                          Format  Type             Size VMID\n"
                + "local:iso/debian.iso           iso     iso         661651456\n"
                + Stream.concat(there, gone)
                        .map(vmid -> "local:" + vmid + "/vm-" + vmid + "-disk-0.raw raw     images    34359738368 "
                                + vmid + "\n")
                        .collect(Collectors.joining());
    }

    private Reply snapshots(Call call) {
        Optional<LabGuest> guest = model.guestsOn(call.on().id())
                .filter(one -> Integer.toString(one.declared().vmid()).equals(call.word(2)))
                .filter(one -> one.command().equals(call.name()))
                .findFirst();
        if (guest.isEmpty()) {
            return Reply.failed(2, "Configuration file does not exist");
        }
        boolean old = model.conditions(guest.get().id()).contains(Condition.OLD_SNAPSHOT);
        String indent = guest.get().declared().form() == Guest.Form.VM && old ? " " : "";
        return Reply.ok((old ? "`-> before-upgrade             2020-02-01 03:00:00     no-description\n" : "") + indent
                + "`-> current                                            You are here!\n");
    }

    private boolean is(Call call, Condition condition) {
        return model.conditions(call.on().id()).contains(condition);
    }
}
