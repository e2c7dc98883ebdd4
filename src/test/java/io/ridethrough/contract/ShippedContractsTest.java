package io.ridethrough.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.load.ContractLoader;
import io.ridethrough.contract.load.Loaded;
import io.ridethrough.contract.load.SourceFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The contracts in {@code contracts/} and the example of the guide: facts that must not be lost by an edit. */
class ShippedContractsTest {
    private static final Path FOLDER = Path.of("contracts");
    private static final Contracts SHIPPED = load(tree(FOLDER));

    @Test
    void both_sites_are_declared_by_the_same_set_of_files() throws IOException {
        assertThat(files(FOLDER.resolve("sites/shop")))
                .isEqualTo(files(FOLDER.resolve("sites/home")))
                .hasSize(10);
        assertThat(SHIPPED.sites().keySet()).extracting(SiteId::value).containsExactly("home", "shop");
    }

    @Test
    void every_guest_of_the_mission_is_declared_and_no_other() {
        assertThat(vmids("shop")).containsExactly(200, 202, 203, 204, 205, 206, 207, 209, 210, 211, 212, 213, 214);
        assertThat(vmids("home")).containsExactly(100, 105);
        assertThat(excluded("shop")).containsExactly(201, 215, 9000);
        assertThat(excluded("home")).containsExactly(101, 102, 103);
        assertThat(guest("home/pihole-home").form()).isEqualTo(Guest.Form.CONTAINER);
        assertThat(guest("home/homeassistant").form()).isEqualTo(Guest.Form.VM);
    }

    @Test
    void the_rest_of_the_assets_is_counted() {
        assertThat(site("shop").nodes()).hasSize(1);
        assertThat(site("shop").nases()).isEmpty();
        assertThat(site("shop").stacks()).hasSize(28);
        assertThat(site("shop").devices()).hasSize(5);
        assertThat(site("home").nodes()).hasSize(1);
        assertThat(site("home").nases()).hasSize(1);
        assertThat(site("home").stacks()).isEmpty();
        assertThat(site("home").devices()).hasSize(8);
        assertThat(site("shop").probes()).hasSize(62);
        assertThat(site("home").probes()).hasSize(14);
    }

    @Test
    void the_startup_groups_of_the_shop_become_needs() {
        AssetId core = id("shop/infra-core");
        Set<AssetId> platform = ids("shop/observability", "shop/dev-tools", "shop/ai-consolidation");
        Set<AssetId> applications = ids(
                "shop/automation-stack",
                "shop/download-stack",
                "shop/streaming-stack",
                "shop/finance-stack",
                "shop/communications-stack",
                "shop/immich",
                "shop/mint-data",
                "shop/mint-apps");
        assertThat(platform).allSatisfy(one -> assertThat(needs(one)).contains(core));
        assertThat(applications).allSatisfy(one -> assertThat(needs(one)).containsAll(platform));
        assertThat(needs(id("shop/docker-host"))).containsAll(applications).contains(id("shop/infra-core-cloudflared"));
    }

    @Test
    void home_comes_up_as_nas_then_node_then_name_service_then_home_assistant() {
        assertThat(needs(id("home/proxmox-home"))).contains(id("home/nas"));
        assertThat(site("home").nodes().get(0).mounts())
                .extracting(Mount::servedBy)
                .containsExactly(id("home/nas"));
        assertThat(needs(id("home/pihole-home"))).contains(id("home/proxmox-home"));
        assertThat(needs(id("home/homeassistant")))
                .containsAll(
                        ids("home/pihole-home", "home/udr-home", "home/slzb-06", "home/slzb-06mu", "home/tubeszb"));
    }

    @Test
    void three_guests_of_the_shop_mount_what_their_own_node_serves() {
        assertThat(site("shop").guests())
                .filteredOn(guest -> guest.mounts().stream()
                        .anyMatch(mount -> mount.servedBy().equals(id("shop/pve"))))
                .extracting(Guest::vmid)
                .containsExactlyInAnyOrder(200, 209, 210);
    }

    @Test
    void no_relation_crosses_the_sites() {
        assertThat(SHIPPED.assets().values()).allSatisfy(asset -> assertThat(asset.needs())
                .allMatch(need -> need.site().equals(asset.id().site())));
    }

    @Test
    void guests_with_irreplaceable_writes_are_never_forced_and_all_others_may_be() {
        assertThat(SHIPPED.sites().values().stream().flatMap(site -> site.guests().stream()))
                .filteredOn(guest -> !guest.mayForce())
                .extracting(guest -> guest.id().name())
                .containsExactlyInAnyOrder("infra-core", "finance-stack", "mint-data", "communications-stack");
    }

    @Test
    void a_disputed_mac_is_tried_in_every_version() {
        assertThat(site("home").nases().get(0).wake()).singleElement().satisfies(way -> assertThat(
                        ((WakeWay.WakeOnLan) way).macs())
                .containsExactly("00:11:32:ba:ad:cd", "00:11:32:ba:ad:ce", "00:11:32:b4:ad:cd"));
        assertThat(site("home").nodes().get(0).wake()).hasSize(1);
        assertThat(site("shop").nodes().get(0).wake()).isEmpty();
    }

    @Test
    void what_no_source_declares_is_marked_as_assumed() {
        assertThat(SHIPPED.assumptions())
                .anyMatch(line -> line.contains("shop/power.yaml"))
                .anyMatch(line -> line.contains("home/power.yaml"))
                .anyMatch(line -> line.contains("shop/site.yaml"))
                .anyMatch(line -> line.contains("home/site.yaml"));
        assertThat(SHIPPED.sites().values()).allSatisfy(site -> {
            assertThat(site.power().upses()).hasSize(1);
            assertThat(site.orchestrator().runsOn()).isEmpty();
        });
    }

    @Test
    void only_the_shop_asks_for_a_way_in_from_outside() {
        Site.OutOfBand shop = site("shop").outOfBand();
        assertThat(shop.required()).isTrue();
        assertThat(shop.askedOn()).contains(id("shop/pve"));
        assertThat(shop.devices()).isEqualTo(ids("shop/idrac-shop", "shop/switch-shop", "shop/nvr-shop"));
        assertThat(site("home").outOfBand().required()).isFalse();
    }

    @Test
    void every_asset_has_an_owner_a_domain_of_its_site_and_a_tier() {
        assertThat(SHIPPED.assets().values()).allSatisfy(asset -> {
            assertThat(asset.stewardship().owner()).isNotBlank();
            assertThat(site(asset.id().site().value()).domains())
                    .contains(asset.stewardship().domain());
            assertThat(asset.stewardship().tier()).isBetween(1, 4);
            if (asset.stewardship().tier() == 1 && !(asset instanceof Device)) {
                assertThat(asset.stewardship().slo()).as("%s", asset.id()).isNotBlank();
            }
        });
    }

    @Test
    void both_sites_are_probed_alike() {
        assertThat(SHIPPED.sites().values()).allSatisfy(site -> {
            assertThat(site.nodes()).allSatisfy(node -> {
                assertThat(probes(site, node.id())).anyMatch(Probe.Tcp.class::isInstance);
                assertThat(probes(site, node.id())).anyMatch(Probe.Command.class::isInstance);
            });
            assertThat(site.probes())
                    .anyMatch(Probe.Dns.class::isInstance)
                    .anyMatch(probe -> probe instanceof Probe.Tcp tcp && tcp.port() == 2049)
                    .anyMatch(probe -> probe instanceof Probe.Command command
                            && command.command().contains("nfs4"));
        });
    }

    @Test
    void every_asset_with_an_address_or_a_stack_is_probed() {
        assertThat(SHIPPED.sites().values()).allSatisfy(site -> {
            Set<AssetId> probed = site.probes().stream().map(Probe::asset).collect(Collectors.toSet());
            site.stacks().stream()
                    .filter(stack -> probed.contains(stack.id()))
                    .map(Stack::runsOn)
                    .toList()
                    .forEach(probed::add);
            assertThat(probed).containsAll(site.nodes().stream().map(Node::id).toList());
            assertThat(probed).containsAll(site.nases().stream().map(Nas::id).toList());
            assertThat(probed).containsAll(site.guests().stream().map(Guest::id).toList());
            assertThat(probed)
                    .containsAll(site.devices().stream()
                            .filter(device -> device.address().isPresent())
                            .map(Device::id)
                            .toList());
        });
    }

    @Test
    void each_site_has_a_window_and_backups_that_it_keeps_clear_of() {
        assertThat(SHIPPED.policy().windows().stream().flatMap(window -> window.sites().stream()))
                .extracting(SiteId::value)
                .containsExactlyInAnyOrder("home", "shop");
        assertThat(site("shop").backupWindows()).hasSize(8);
        assertThat(site("home").backupWindows()).hasSize(5);
    }

    @Test
    void the_example_of_the_guide_is_a_whole_site() throws IOException {
        Map<String, byte[]> cabin = new TreeMap<>();
        Matcher block = Pattern.compile("```yaml (\\S+)\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("src/docs/contracts.md")));
        while (block.find()) {
            cabin.put("sites/cabin/" + block.group(1), block.group(2).getBytes(StandardCharsets.UTF_8));
        }
        assertThat(cabin).hasSize(10);
        cabin.put("policy.yaml", Files.readAllBytes(FOLDER.resolve("policy.yaml")));
        cabin.putAll(tree(FOLDER));
        Contracts three = load(cabin);
        assertThat(three.sites()).hasSize(3);
        assertThat(three.assets().keySet())
                .filteredOn(id -> id.site().equals(new SiteId("cabin")))
                .hasSize(4);
    }

    private static Contracts load(Map<String, byte[]> files) {
        List<SourceFile> sources = files.entrySet().stream()
                .map(file -> new SourceFile(file.getKey(), file.getValue()))
                .toList();
        Loaded loaded = new ContractLoader().load(sources);
        assertThat(loaded).as(loaded.render()).isInstanceOf(Loaded.Ok.class);
        assertThat(loaded.render()).as("warnings").isEmpty();
        return ((Loaded.Ok) loaded).contracts();
    }

    private static Map<String, byte[]> tree(Path folder) {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file :
                    all.filter(path -> path.toString().endsWith(".yaml")).toList()) {
                files.put(folder.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
            }
        } catch (IOException gone) {
            throw new java.io.UncheckedIOException(gone);
        }
        return files;
    }

    private static Set<String> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(path -> path.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static Site site(String name) {
        Site site = SHIPPED.sites().get(new SiteId(name));
        if (site == null) {
            throw new AssertionError("no site " + name);
        }
        return site;
    }

    private static AssetId id(String name) {
        return AssetId.parse(name);
    }

    private static Set<AssetId> ids(String... names) {
        return Stream.of(names).map(AssetId::parse).collect(Collectors.toSet());
    }

    private static Set<AssetId> needs(AssetId asset) {
        return SHIPPED.asset(asset).orElseThrow().needs();
    }

    private static Guest guest(String name) {
        return (Guest) SHIPPED.asset(id(name)).orElseThrow();
    }

    private static List<Integer> vmids(String site) {
        return site(site).guests().stream().map(Guest::vmid).sorted().toList();
    }

    private static List<Integer> excluded(String site) {
        return site(site).excluded().stream().map(Site.Excluded::vmid).sorted().toList();
    }

    private static List<Probe> probes(Site site, AssetId asset) {
        return site.probes().stream()
                .filter(probe -> probe.asset().equals(asset))
                .toList();
    }
}
