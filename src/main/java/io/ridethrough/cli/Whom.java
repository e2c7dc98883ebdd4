package io.ridethrough.cli;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whom a site of which nothing is declared is asked of, as a person types it. */
final class Whom {
    private static final Pattern SERVER = Pattern.compile("([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+])(:\\d{1,5})?");
    private static final Pattern LOGIN = Pattern.compile("[a-z_][a-z0-9_.-]*@[A-Za-z0-9.-]+(:\\d{1,5})?");

    @Option(
            names = "--proxmox",
            paramLabel = "URL",
            description = "The interface of a node; of each that is no cluster's.")
    List<URI> proxmox = new ArrayList<>();

    @Option(
            names = "--ssh",
            paramLabel = "USER@HOST[:PORT]",
            description = "A Proxmox node by its command line instead, with the secret ssh/SITE and its host key in"
                    + " known_hosts; who is not root needs sudo for pvesh.")
    List<String> ssh = new ArrayList<>();

    @Option(names = "--dsm", paramLabel = "URL", description = "A Synology unit, with the secret dsm/SITE.")
    List<URI> dsm = new ArrayList<>();

    @Option(
            names = "--home-assistant",
            paramLabel = "URL",
            description = "A Home Assistant, with a long-lived token as the secret home-assistant/SITE.")
    List<URI> homes = new ArrayList<>();

    @Option(
            names = "--fingerprint",
            paramLabel = "SHA256",
            description = "Of the certificate of each --proxmox, then --unifi, --dsm, --home-assistant, in their order"
                    + " (default: as in known_certificates).")
    List<String> fingerprints = new ArrayList<>();

    @Option(
            names = "--token",
            paramLabel = "SECRET",
            description = "The secret with an API token of role PVEAuditor (default: proxmox/SITE).")
    @Nullable
    String token;

    @Option(names = "--nut", paramLabel = "HOST[:PORT]", description = "A NUT server.")
    List<String> nut = new ArrayList<>();

    @Option(names = "--unifi", paramLabel = "URL", description = "A UniFi OS controller, with the secret unifi/SITE.")
    List<URI> unifi = new ArrayList<>();

    /** Every interface with a certificate, in the order in which fingerprints are said. */
    List<URI> interfaces() {
        List<URI> all = new ArrayList<>(proxmox);
        all.addAll(unifi);
        all.addAll(dsm);
        all.addAll(homes);
        return all;
    }

    /** What was said of the certificate of that interface. */
    Optional<String> fingerprint(int number) {
        return number < fingerprints.size() ? Optional.of(fingerprints.get(number)) : Optional.empty();
    }

    /** Whether one of them can be an address at all; says what to write instead before anybody is asked. */
    void orRefusal() {
        if (interfaces().isEmpty() && nut.isEmpty() && ssh.isEmpty()) {
            throw new UserError("say whom to ask: --proxmox https://<node>:8006 or --ssh root@<node>, --nut <host>,"
                    + " --unifi <url>, --dsm <url>, --home-assistant <url>");
        }
        proxmox.forEach(url -> isInterface("--proxmox", url));
        unifi.forEach(url -> isInterface("--unifi", url));
        dsm.forEach(url -> isInterface("--dsm", url));
        homes.forEach(url -> isInterface("--home-assistant", url));
        nut.forEach(Whom::server);
        ssh.forEach(Whom::login);
    }

    private static void isInterface(String option, URI url) {
        boolean plain = option.equals("--home-assistant") && "http".equals(url.getScheme());
        if ((!"https".equals(url.getScheme()) && !plain) || url.getHost() == null) {
            throw new UserError(option + " " + url
                    + " is no address of an interface: say https://<host>:<port>. Nothing was asked.");
        }
    }

    /**
     * Where a NUT server is.
     *
     * @throws UserError when that names none
     */
    static URI server(String said) {
        if (!SERVER.matcher(said).matches()) {
            throw new UserError("--nut " + said + " is no server: say <host> or <host>:<port>. Nothing was asked.");
        }
        return URI.create("nut://" + said);
    }

    /**
     * Who logs in where.
     *
     * @throws UserError when that names no login
     */
    static URI login(String said) {
        if (!LOGIN.matcher(said).matches()) {
            throw new UserError("--ssh " + said + " is no login: say <user>@<host> or <user>@<host>:<port>."
                    + " Nothing was asked.");
        }
        return URI.create("ssh://" + said);
    }
}
