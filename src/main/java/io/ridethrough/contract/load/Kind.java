package io.ridethrough.contract.load;

import java.util.EnumSet;
import java.util.Set;

/** What a name can stand for. */
enum Kind {
    NODE("node", "a node", "nodes", "nodes"),
    NAS("NAS", "a NAS", "storage", "nas"),
    GUEST("guest", "a guest", "guests", "guests"),
    STACK("stack", "a stack", "stacks", "stacks"),
    DEVICE("device", "a device", "network", "devices"),
    GROUP("group", "a group", "guests", "groups"),
    UPS("UPS", "a UPS", "power", "upses");

    static final Set<Kind> ASSETS = EnumSet.of(NODE, NAS, GUEST, STACK, DEVICE);
    static final Set<Kind> NEEDED = EnumSet.of(NODE, NAS, GUEST, STACK, DEVICE, GROUP);

    final String word;
    final String article;
    final String file;
    final String list;

    Kind(String word, String article, String file, String list) {
        this.word = word;
        this.article = article;
        this.file = file;
        this.list = list;
    }
}
