package io.ridethrough.setup;

import io.ridethrough.contract.ApiAccess;
import io.ridethrough.contract.Asset;
import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Contracts;
import io.ridethrough.contract.Control;
import io.ridethrough.contract.Guest;
import io.ridethrough.contract.HomeAssistant;
import io.ridethrough.contract.HomeHealth;
import io.ridethrough.contract.Nas;
import io.ridethrough.contract.Node;
import io.ridethrough.contract.Remedy;
import io.ridethrough.contract.Site;
import io.ridethrough.contract.SshAccess;
import io.ridethrough.contract.Stack;
import io.ridethrough.contract.UnifiController;
import io.ridethrough.contract.Ups;
import io.ridethrough.contract.WakeWay;
import io.ridethrough.target.nas.SynologyCommands;
import io.ridethrough.target.nut.NutClient;
import io.ridethrough.target.off.DelayedPowerOff;
import io.ridethrough.target.plug.PlugAccess;
import io.ridethrough.target.proxmox.RootCommands;
import io.ridethrough.target.proxmox.Version;
import io.ridethrough.target.ssh.AssetCommand;
import io.ridethrough.target.ssh.ForcedCommand;
import io.ridethrough.target.ssh.RemoteCommand;
import io.ridethrough.target.ssh.SshHosts;
import io.ridethrough.target.tailnet.Tailnet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The least rights that one target has to give, as commands and steps to copy. */
public final class Recipe {
    private final Contracts contracts;
    private final String secrets;
    private final List<String> lines = new ArrayList<>();

    private Recipe(Contracts contracts, String secrets) {
        this.contracts = contracts;
        this.secrets = secrets;
    }

    /**
     * The lines to print for a declared target; empty when nothing is declared by that name.
     *
     * @param secrets the folder of secrets, as it is shown
     */
    public static Optional<List<String>> of(Contracts contracts, AssetId id, String secrets) {
        Site site = contracts.sites().get(id.site());
        if (site == null) {
            return Optional.empty();
        }
        Recipe recipe = new Recipe(contracts, secrets);
        Optional<Asset> asset = contracts.asset(id);
        asset.ifPresent(one -> recipe.asset(site, one));
        site.controllers().stream()
                .filter(controller -> controller.runsOn().equals(id))
                .forEach(recipe::unifi);
        site.homeAssistant().filter(home -> home.guest().equals(id)).ifPresent(recipe::home);
        Optional.ofNullable(contracts.managements().get(id)).ifPresent(management -> recipe.redfish(management.api()));
        Optional.ofNullable(contracts.plugs().get(id)).ifPresent(recipe::plug);
        site.power().upses().stream().filter(ups -> ups.id().equals(id)).forEach(recipe::ups);
        if (asset.isPresent() && recipe.lines.isEmpty()) {
            recipe.add("Nothing is set up at " + id + ": it is never asked anything.");
        }
        return recipe.lines.isEmpty() ? Optional.empty() : Optional.of(List.copyOf(recipe.lines));
    }

    private void asset(Site site, Asset asset) {
        if (asset instanceof Node node) {
            node.api().ifPresent(api -> proxmox(node, api));
        }
        if (asset instanceof Nas nas) {
            nas.api().ifPresent(this::dsm);
        }
        SshHosts.accessOf(asset).ifPresent(ssh -> ssh(asset, ssh, roots(site, asset)));
    }

    private List<RemoteCommand> roots(Site site, Asset asset) {
        if (!(asset instanceof Node node)) {
            return List.of();
        }
        Map<Integer, Guest.Form> guests = site.guests().stream()
                .filter(guest -> guest.runsOn().equals(node.id()))
                .collect(Collectors.toMap(Guest::vmid, Guest::form, (one, same) -> one));
        List<RemoteCommand> all = new ArrayList<>(RootCommands.of(node, guests));
        all.addAll(RootCommands.besides(contracts, node));
        all.addAll(looks(node));
        return all;
    }

    /** What the standard asks of a node by commands: through sudo too, where it is reached as no root. */
    private List<RemoteCommand> looks(Node node) {
        return contracts.standard().controls().stream()
                .filter(control -> control.kind() == Control.Kind.NODE)
                .flatMap(control -> AssetCommand.of(control.probe(), node).stream())
                .map(AssetCommand::command)
                .filter(command -> node.ssh().sudo())
                .toList();
    }

    /** Privileges: protocols 1.1 and 1.2. With privsep both the user and the token need the right. */
    private void proxmox(Node node, ApiAccess api) {
        String agent =
                Version.of(node.version()).atLeast(Version.AGENT_PRIVILEGES) ? "VM.GuestAgent.Audit" : "VM.Monitor";
        add("# " + node.id() + ", its API. On the node, as root:");
        add("pveum role add RidethroughGuests -privs \"VM.Audit VM.PowerMgmt " + agent + "\"");
        add("pveum role add RidethroughNode -privs \"Sys.Audit Sys.Modify Sys.PowerMgmt\"");
        // Sys.Modify: ends backups that root began, and lists updates
        add("pveum role add RidethroughStorage -privs \"Datastore.Audit\"");
        // to see ZFS pools and quorum; in a cluster, to disarm and arm high availability
        String above = node.cluster().isPresent() ? "Sys.Audit Sys.Console" : "Sys.Audit";
        add("pveum role add RidethroughDatacenter -privs \"" + above + "\"");
        add("pveum user add ridethrough@pve");
        add("pveum user token add ridethrough@pve control -privsep 1");
        for (String who : List.of("-user ridethrough@pve", "-token 'ridethrough@pve!control'")) {
            add("pveum acl modify /vms " + who + " -role RidethroughGuests");
            add("pveum acl modify /nodes/" + node.nodeName() + " " + who + " -role RidethroughNode");
            add("pveum acl modify /storage " + who + " -role RidethroughStorage");
            add("pveum acl modify / " + who + " -role RidethroughDatacenter -propagate 0");
        }
        secret(api.secret(), "ridethrough@pve!control=<the value that was printed once>");
    }

    private void ssh(Asset asset, SshAccess ssh, List<RemoteCommand> roots) {
        add("# " + asset.id() + ", by SSH as " + ssh.user() + ". Here:");
        add("ssh-keygen -t ed25519 -N '' -C ridethrough -f " + secrets + "/" + ssh.identity());
        if (asset instanceof Stack stack) {
            add("# It is reached as its host is: setup " + stack.runsOn()
                    + " prints what its key may do there, and what sudo lets through.");
            return;
        }
        key(asset, ssh);
        if (!ssh.sudo()) {
            groupDocker(asset, ssh);
        } else if (asset instanceof Nas nas) {
            nasSudo(nas);
        } else {
            sudo(asset, ssh, roots);
        }
    }

    /** What goes without sudo as another user needs more than a recipe should give: said, and what to do instead. */
    private void groupDocker(Asset asset, SshAccess ssh) {
        if (!ssh.user().equals("root") && !StackRights.on(contracts, asset.id()).isEmpty()) {
            add("# Without sudo, docker answers " + ssh.user() + " only in the group docker, which is root in effect;"
                    + " with");
            add("# sudo: true in its ssh, the lines for sudo that its stacks need, and no more, are printed here.");
        }
    }

    private void sudo(Asset asset, SshAccess ssh, List<RemoteCommand> roots) {
        List<String> rules =
                new ArrayList<>(roots.stream().map(RemoteCommand::sudoersRule).toList());
        if (asset instanceof Node
                && contracts.standard().controls().stream()
                        .anyMatch(control -> control.probe().ask() == Control.Ask.LEAVINGS)) {
            rules.add(RootCommands.volumes(true).sudoersRuleWithOneMore(RootCommands.STORAGE));
        }
        if (contracts.sites().values().stream().anyMatch(one -> HostCommands.asksTailnet(one, asset))) {
            rules.add(Tailnet.ask(true).sudoersRule());
        }
        List<String> ofStacks = StackRights.rules(contracts, asset.id());
        rules.addAll(ofStacks);
        if (rules.isEmpty()) {
            return;
        }
        add("# There, in /etc/sudoers.d/ridethrough, mode 0440 (sudo 1.9.10 or newer; check with visudo -c):");
        rules.stream()
                .distinct()
                .map(rule -> ssh.user() + " ALL=(root) NOPASSWD: " + rule)
                .forEach(this::add);
        if (!ofStacks.isEmpty()) {
            StackRights.CAUTION.forEach(this::add);
        }
        if (asset instanceof Node && mendsWhateverFailed()) {
            add(
                    "# The remedy restart-failed-units restarts whatever failed, which no line can bound. Without a line such as");
            add("# one above for a unit that matters, its failure is left to a person.");
        }
    }

    /** Whoever has the key can run what is declared today and nothing else: what is declared anew is a line more. */
    private void key(Asset asset, SshAccess ssh) {
        add("# There, " + ForcedCommand.PATH + ", owned by root, mode 0755; print it anew when the contracts change:");
        ForcedCommand.script(asset.id().toString(), HostCommands.of(contracts, asset))
                .forEach(this::add);
        add("# There, in ~" + ssh.user()
                + "/.ssh/authorized_keys, in one line; before it, where our address does not change,");
        add("# from=\"<our address, as that host sees it>\" and a comma:");
        add("restrict,command=\"" + ForcedCommand.PATH + "\" <the public key>");
    }

    private boolean mendsWhateverFailed() {
        return contracts.standard().controls().stream()
                .flatMap(control -> control.mends().stream())
                .anyMatch(remedy -> remedy.kind() == Remedy.Kind.RESTART_FAILED_UNITS);
    }

    /** DSM's sudo knows no regular expressions: one line for each number of digits. A wildcard would match spaces too. */
    private void nasSudo(Nas nas) {
        add("# There, in /etc/sudoers.d/ridethrough, mode 0440; an update of DSM takes it away, ready-to-act notices:");
        List<RemoteCommand> all = new ArrayList<>(SynologyCommands.ofRoot());
        all.addAll(DelayedPowerOff.besides(contracts, nas));
        all.stream()
                .map(RemoteCommand::sudoersRulesOfDigits)
                .flatMap(List::stream)
                .map(rule -> nas.ssh().user() + " ALL=(root) NOPASSWD: " + rule)
                .forEach(this::add);
    }

    /** DSM shuts down for administrators only; a second factor has nobody to ask at night. */
    private void dsm(ApiAccess api) {
        add("# Its DSM: Control Panel, User & Group, a user of its own in the group administrators; no second factor,");
        add("# no shared folders, no applications but DSM; Control Panel, Security, Auto Block: allow this machine.");
        secret(api.secret(), "<user>:<password>");
    }

    private void unifi(UnifiController controller) {
        add("# UniFi Network on " + controller.runsOn() + ": Settings, Control Plane, Integrations, a new API key.");
        secret(controller.api().secret(), "<the key>");
        controller.classicSecret().ifPresent(secret -> {
            add(
                    "# The classic API: Settings, Admins, a local user without remote access. View only is enough to look;");
            add("# to power-cycle a port it needs the role Site Admin.");
            secret(secret, "<user>:<password>");
        });
    }

    private void home(HomeAssistant home) {
        add("# Home Assistant on " + home.guest() + ": a user of its own, an administrator where add-ons are declared");
        add(
                "# (the supervisor answers no other); logged in as that user: profile, Security, Long-lived access tokens.");
        secret(home.api().secret(), "<the token>");
        Optional.ofNullable(contracts.sites().get(home.guest().site()))
                .flatMap(site -> site.upkeep().home())
                .flatMap(HomeHealth::zigbee)
                .ifPresent(bridge -> bridge.secret().ifPresent(secret -> {
                    add(
                            "# The broker of its Zigbee bridge: a user that may do no more than this (mosquitto, acl_file):");
                    BrokerAccessList.of(bridge).forEach(this::add);
                    secret(secret, "<user>:<password>");
                }));
    }

    private void redfish(ApiAccess api) {
        add("# The management controller: a local user that may log in and control the server's power, no more:");
        add("# Login and ConfigureComponents (iDRAC: Login and Server Control; of the ready-made roles: Operator).");
        secret(api.secret(), "<user>:<password>");
    }

    private void plug(WakeWay.Plug plug) {
        add("# The broker of " + plug.device() + ": a user that may do no more than this (mosquitto, acl_file):");
        PlugAccess.of(plug).forEach(this::add);
        plug.secret().ifPresent(secret -> secret(secret, "<user>:<password>"));
        add(
                switch (plug.kind()) {
                    case TASMOTA ->
                        "# The plug: PowerOnState 1; and no retained cmnd of it may stand at the broker: it would overrule that.";
                    case SHELLY_1 -> "# The plug: enable MQTT, no retained commands; after power returns: on.";
                    case SHELLY_2 -> "# The plug: enable MQTT and RPC over MQTT; after power returns: on.";
                });
        add("# " + plug.feeds() + ", its firmware: switch on when power returns.");
    }

    private void ups(Ups ups) {
        ups.mqtt().ifPresent(source -> source.secret().ifPresent(secret -> {
            add("# The broker of " + ups.id() + ": a user that may do no more than this (mosquitto, acl_file):");
            BrokerAccessList.of(source).forEach(this::add);
            secret(secret, "<user>:<password>");
        }));
        ups.nut().flatMap(Ups.NutSource::secret).ifPresent(secret -> {
            add("# The NUT server of " + ups.id()
                    + ", in upsd.users, for us alone: no file of a machine has this password:");
            add("[ridethrough]");
            add("  password = <password>");
            if (ups.cutOff().isPresent()) { // its delay is a variable, and each command is a right of its own
                add("  actions = SET");
                NutClient.COMMANDS.forEach(command -> add("  instcmds = " + command));
            }
            secret(secret, "ridethrough:<password>");
        });
    }

    private void secret(String name, String content) {
        add("# Then here, without it standing in any history:");
        add("install -m 600 /dev/stdin " + secrets + "/" + name + "   # then type: " + content);
    }

    private void add(String line) {
        lines.add(line);
    }
}
