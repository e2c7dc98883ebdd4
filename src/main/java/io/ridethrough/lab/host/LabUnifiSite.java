package io.ridethrough.lab.host;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Device;
import io.ridethrough.contract.Nas;
import io.ridethrough.contract.PortMap;
import io.ridethrough.contract.Posture;
import io.ridethrough.contract.Site;
import io.ridethrough.contract.WakeWay;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a simulated controller controls: the gateway it runs on and one switch with six ports: 1 uplink, 2 a camera on
 * PoE, 3 another device's uplink, 4 PoE that is off, 5 without PoE, 6 the site's NAS; and three hundred clients.
 */
final class LabUnifiSite {
    static final String SITE = "5f3c1c7a-0000-4000-8000-000000000001";
    private static final String SWITCH = mac(0x20, 1);
    private static final String OTHER = mac(0x20, 2);
    private static final String CAMERA = mac(0x20, 3);
    private static final int CLIENTS = 300;
    private static final Duration UP_BEFORE = Duration.ofDays(3);
    private static final Duration STARTS = Duration.ofSeconds(60);
    private static final Pattern FIELD = Pattern.compile("\"(\\w+)\":\"?([^\",}]*)");

    private final LabModel model;
    private final AssetId runsOn;

    /** The VLAN that is untagged on each port, and whether its PoE is on, where somebody changed that. */
    private final Map<Integer, Integer> vlans = new TreeMap<>();

    private final Map<Integer, Boolean> poe = new TreeMap<>();
    private final LabOutlets outlets;

    /** When devices were restarted last. */
    private final Map<String, Instant> restarted = new TreeMap<>();

    private int nasAt = 6;

    LabUnifiSite(LabModel model, AssetId runsOn) {
        this.model = model;
        this.runsOn = runsOn;
        this.outlets = new LabOutlets(model, runsOn, gateway());
    }

    /** What is written of the outlets of its gateway; false when that is no list. */
    boolean outlets(String body) {
        return outlets.write(body);
    }

    /** What is set of them. */
    String outlets() {
        return outlets.overrides();
    }

    /** Somebody put a port on that VLAN. */
    void moved(int port, int vlan) {
        vlans.put(port, vlan);
    }

    /** Somebody plugged the NAS into that port. */
    void nasAt(int port) {
        nasAt = port;
    }

    /** Somebody turned the PoE of a port on or off. */
    void poe(int port, boolean on) {
        poe.put(port, on);
    }

    /** The networks of the site's plan; where it has none, the one for everything and another. */
    private Map<Integer, String> networks() {
        Map<Integer, String> all = new TreeMap<>();
        segments().forEach(segment -> all.put(segment.vlan(), segment.id()));
        if (all.isEmpty()) {
            all.put(20, "IoT");
        }
        all.put(1, "Default");
        return all;
    }

    private List<Posture.Segment> segments() {
        return site().map(site -> site.posture().segments()).orElse(List.of());
    }

    private Optional<Site> site() {
        return Optional.ofNullable(model.contracts().sites().get(runsOn.site()));
    }

    /** As it was wired: by its port map, where it has one. */
    private Optional<PortMap.Port> mapped(int port) {
        return site().stream()
                .flatMap(site -> site.posture().portMaps().values().stream())
                .flatMap(map -> map.ports().stream())
                .filter(one -> one.number() == port)
                .findFirst();
    }

    private String network(int port) {
        return "n"
                + Optional.ofNullable(vlans.get(port)).orElseGet(() -> mapped(port)
                        .flatMap(PortMap.Port::network)
                        .map(Posture.Segment::vlan)
                        .orElse(1));
    }

    /** A field of a flat JSON object, as text; empty when it is not there. */
    static String field(String json, String name) {
        Matcher found = FIELD.matcher(json);
        while (found.find()) {
            if (found.group(1).equals(name)) {
                return found.group(2);
            }
        }
        return "";
    }

    private List<String> macs() {
        return List.of(gateway(), SWITCH, OTHER);
    }

    private String gateway() {
        return model.contracts()
                .asset(runsOn)
                .filter(Device.class::isInstance)
                .flatMap(asset -> ((Device) asset).macs().stream().findFirst())
                .orElse(mac(0x20, 0));
    }

    private String nas() {
        return model.contracts().assets().values().stream()
                .filter(asset -> asset instanceof Nas && asset.id().site().equals(runsOn.site()))
                .flatMap(asset -> ((Nas) asset).wake().stream())
                .filter(WakeWay.WakeOnLan.class::isInstance)
                .map(way -> ((WakeWay.WakeOnLan) way).macs().get(0))
                .findFirst()
                .orElse(mac(0x20, 4));
    }

    private static String id(int index) {
        return "5f3c1c7a-0000-4000-8000-0000000001" + String.format(Locale.ROOT, "%02d", index);
    }

    /** The MAC of an id; empty for none. */
    String macOf(String id) {
        return IntStream.range(0, 3)
                .filter(i -> id(i).equals(id))
                .mapToObj(macs()::get)
                .findFirst()
                .orElse("");
    }

    /**
     * What hangs on it loses its power and boots when it is back, as firmware that is set so does. False when there is no
     * such port.
     */
    boolean cycle(String mac, int port) {
        if (!mac.equals(SWITCH) || port < 1 || port > 6) {
            return false;
        }
        String number = Integer.toString(port);
        model.events.note(runsOn, "poe", "cycle", number, port == 2 ? "end" : "violation");
        model.fed(WakeWay.Feed.PORT, mac, port).forEach(host -> {
            host.powerLost();
            host.energise("poe", number);
        });
        return true;
    }

    boolean restart(String mac) {
        boolean another =
                others().stream().anyMatch(device -> device.macs().get(0).equals(mac));
        if (!another && !macs().contains(mac)) {
            return false;
        }
        restarted.put(mac, model.clock.now());
        model.events.note(runsOn, "device", "restart", mac, "end");
        return true;
    }

    /** In the classic API: a device that was restarted is away until it has started, and counts its seconds anew. */
    private String stands(String mac, int state) {
        Instant since =
                Optional.ofNullable(restarted.get(mac)).orElse(model.clock.now().minus(UP_BEFORE));
        Duration up = Duration.between(since, model.clock.now());
        boolean starts = restarted.containsKey(mac) && up.compareTo(STARTS) < 0;
        return "\"state\":" + (starts ? 0 : state) + ",\"uptime\":" + up.toSeconds() + ",";
    }

    List<String> sites(String name) {
        return List.of(
                "{\"id\":\"" + SITE.replace('1', '9')
                        + "\",\"internalReference\":\"elsewhere\",\"name\":\"Elsewhere\"}",
                "{\"id\":\"" + SITE + "\",\"internalReference\":\"" + name + "\",\"name\":\"Default\"}");
    }

    /** Switches that the site declares, besides its own one: each as its port map has it. */
    private List<Device> others() {
        return site().map(Site::devices).orElse(List.of()).stream()
                .filter(device -> device.role().equals("switch"))
                .filter(device -> device.macs().stream()
                        .findFirst()
                        .filter(mac -> !mac.equals(SWITCH))
                        .isPresent())
                .toList();
    }

    private String other(Device device) {
        PortMap map = site().map(site -> site.posture().portMaps().get(device.id()))
                .orElse(new PortMap(OptionalInt.empty(), List.of()));
        return ",{\"_id\":\"" + device.id().name() + "\",\"mac\":\""
                + device.macs().get(0) + "\",\"name\":\""
                + device.title() + "\",\"model\":\"LAB\","
                + stands(device.macs().get(0), 1) + "\"port_table\":["
                + map.ports().stream()
                        .map(port -> "{\"port_idx\":" + port.number() + ",\"port_poe\":true,\"poe_enable\":"
                                + port.poe().orElse(false) + ",\"native_networkconf_id\":\"n"
                                + port.network().map(Posture.Segment::vlan).orElse(1) + "\"}")
                        .collect(Collectors.joining(","))
                + "]}";
    }

    List<String> integrationDevices() {
        List<String> all = new ArrayList<>(ownDevices());
        others().forEach(device -> all.add("{\"id\":\"" + device.id().name() + "\",\"macAddress\":\""
                + device.macs().get(0) + "\",\"name\":\"" + device.title()
                + "\",\"model\":\"LAB\",\"state\":\"ONLINE\"}"));
        return all;
    }

    private List<String> ownDevices() {
        List<String> names = List.of("Gateway", "Switch", "Far switch");
        return IntStream.range(0, 3)
                .mapToObj(i -> "{\"id\":\"" + id(i) + "\",\"macAddress\":\"" + macs().get(i) + "\",\"name\":\""
                        + names.get(i) + "\",\"model\":\"LAB\",\"state\":\"" + (i == 2 ? "UPDATING" : "ONLINE") + "\"}")
                .toList();
    }

    String classicDevices() {
        return "[{\"_id\":\"a\",\"mac\":\"" + gateway() + "\",\"name\":\"Gateway\",\"model\":\"LAB\","
                + stands(gateway(), 1) + "\"outlet_table\":" + outlets.table() + ",\"outlet_overrides\":"
                + outlets.overrides() + "},"
                + "{\"_id\":\"b\",\"mac\":\"" + SWITCH + "\",\"name\":\"Switch\",\"model\":\"LAB\","
                + stands(SWITCH, 1) + "\"total_max_power\":45,\"uplink\":{\"uplink_mac\":\"" + gateway()
                + "\",\"uplink_remote_port\":2},"
                + "\"port_table\":["
                + String.join(
                        ",",
                        port(1, true, false, "0.00", true),
                        port(2, true, true, "4.27", false),
                        port(3, true, true, "6.10", false),
                        port(4, true, false, "0.00", false),
                        port(5, false, false, "", false),
                        port(6, true, true, "1.00", false))
                + "]},{\"_id\":\"c\",\"mac\":\"" + OTHER + "\",\"name\":\"Far switch\",\"model\":\"LAB\","
                + stands(OTHER, 4) + "\"uplink\":{\"uplink_mac\":\"" + SWITCH + "\",\"uplink_remote_port\":3}}"
                + others().stream().map(this::other).collect(Collectors.joining())
                + "]";
    }

    private String port(int index, boolean capable, boolean wired, String watts, boolean uplink) {
        boolean on = Optional.ofNullable(poe.get(index)).orElse(wired);
        return "{\"native_networkconf_id\":\"" + network(index) + "\",\"port_idx\":" + index
                + ",\"up\":true,\"port_poe\":" + capable + ",\"poe_enable\":" + on + ",\"poe_mode\":\""
                + (on ? "auto" : "off") + "\",\"poe_power\":\"" + (on ? watts : "0.00") + "\",\"is_uplink\":" + uplink
                + "}";
    }

    private static String mac(int group, int number) {
        return String.format(Locale.ROOT, "02:00:5e:%02x:%02x:%02x", group, number / 256, number % 256);
    }

    private static String address(int number) {
        return "198.51.100." + number;
    }

    private static String client(int number) {
        return mac(0x30, number);
    }

    List<String> integrationClients() {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            all.add("{\"id\":\"c" + i + "\",\"macAddress\":\"" + client(i) + "\",\"name\":\"client " + i
                    + "\",\"ipAddress\":\"" + address(i % 250) + "\"}");
        }
        return all;
    }

    String classicClients() {
        return "[{\"mac\":\"" + CAMERA + "\",\"name\":\"camera\",\"ip\":\"" + address(7) + "\",\"sw_mac\":\"" + SWITCH
                + "\",\"sw_port\":2},{\"mac\":\"" + nas()
                + "\",\"hostname\":\"nas\",\"ip\":\"" + address(8) + "\",\"sw_mac\":\""
                + SWITCH + "\",\"sw_port\":" + nasAt + "}]";
    }

    List<String> integrationNetworks() {
        return List.of("{\"id\":\"n1\",\"name\":\"Default\"}", "{\"id\":\"n2\",\"name\":\"IoT\",\"vlanId\":20}");
    }

    String classicNetworks() {
        return networks().entrySet().stream()
                .map(one -> "{\"_id\":\"n" + one.getKey() + "\",\"name\":\"" + one.getValue()
                        + "\",\"purpose\":\"corporate\""
                        + (one.getKey() == 1 ? "" : ",\"vlan\":\"" + one.getKey() + "\"")
                        + "}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    String classicUsers() {
        return "[{\"mac\":\"" + CAMERA + "\",\"name\":\"camera\",\"use_fixedip\":true,\"fixed_ip\":\"" + address(7)
                + "\"}," + "{\"mac\":\"" + client(1) + "\",\"hostname\":\"phone\",\"use_fixedip\":false}"
                + site().map(Site::devices).orElse(List.of()).stream()
                        .filter(device -> device.role().equals("radio")
                                && device.address().isPresent())
                        .flatMap(device -> device.macs().stream()
                                .map(mac -> ",{\"mac\":\"" + mac + "\",\"name\":\"" + device.title()
                                        + "\",\"use_fixedip\":true,\"fixed_ip\":\""
                                        + device.address().orElseThrow() + "\"}"))
                        .collect(Collectors.joining())
                + "]";
    }
}
