package io.ridethrough.lab.host;

import io.ridethrough.contract.AssetId;
import io.ridethrough.contract.Device;
import io.ridethrough.contract.Nas;
import io.ridethrough.contract.WakeWay;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    private static final Pattern FIELD = Pattern.compile("\"(\\w+)\":\"?([^\",}]*)");

    private final LabModel model;
    private final AssetId runsOn;

    LabUnifiSite(LabModel model, AssetId runsOn) {
        this.model = model;
        this.runsOn = runsOn;
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

    /** False when there is no such port. */
    boolean cycle(String mac, int port) {
        if (!mac.equals(SWITCH) || port < 1 || port > 6) {
            return false;
        }
        model.events.note(runsOn, "poe", "cycle", Integer.toString(port), port == 2 ? "end" : "violation");
        return true;
    }

    boolean restart(String mac) {
        if (!macs().contains(mac)) {
            return false;
        }
        model.events.note(runsOn, "device", "restart", mac, "end");
        return true;
    }

    List<String> sites(String name) {
        return List.of(
                "{\"id\":\"" + SITE.replace('1', '9')
                        + "\",\"internalReference\":\"elsewhere\",\"name\":\"Elsewhere\"}",
                "{\"id\":\"" + SITE + "\",\"internalReference\":\"" + name + "\",\"name\":\"Default\"}");
    }

    List<String> integrationDevices() {
        List<String> names = List.of("Gateway", "Switch", "Far switch");
        return IntStream.range(0, 3)
                .mapToObj(i -> "{\"id\":\"" + id(i) + "\",\"macAddress\":\"" + macs().get(i) + "\",\"name\":\""
                        + names.get(i) + "\",\"model\":\"LAB\",\"state\":\"" + (i == 2 ? "UPDATING" : "ONLINE") + "\"}")
                .toList();
    }

    String classicDevices() {
        return "[{\"_id\":\"a\",\"mac\":\"" + gateway() + "\",\"name\":\"Gateway\",\"model\":\"LAB\",\"state\":1,"
                + "\"outlet_table\":[{\"index\":1,\"name\":\"Outlet 1\",\"relay_state\":true}]},"
                + "{\"_id\":\"b\",\"mac\":\"" + SWITCH + "\",\"name\":\"Switch\",\"model\":\"LAB\",\"state\":1,"
                + "\"total_max_power\":45,\"uplink\":{\"uplink_mac\":\"" + gateway() + "\",\"uplink_remote_port\":2},"
                + "\"port_table\":["
                + String.join(
                        ",",
                        port(1, true, false, "0.00", true),
                        port(2, true, true, "4.27", false),
                        port(3, true, true, "6.10", false),
                        port(4, true, false, "0.00", false),
                        port(5, false, false, "", false),
                        port(6, true, true, "1.00", false))
                + "]},{\"_id\":\"c\",\"mac\":\"" + OTHER + "\",\"name\":\"Far switch\",\"model\":\"LAB\",\"state\":4,"
                + "\"uplink\":{\"uplink_mac\":\"" + SWITCH + "\",\"uplink_remote_port\":3}}]";
    }

    private static String port(int index, boolean capable, boolean on, String watts, boolean uplink) {
        return "{\"port_idx\":" + index + ",\"up\":true,\"port_poe\":" + capable + ",\"poe_enable\":" + on
                + ",\"poe_mode\":\"auto\",\"poe_power\":\"" + watts + "\",\"is_uplink\":" + uplink + "}";
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
                + SWITCH + "\",\"sw_port\":6}]";
    }

    List<String> integrationNetworks() {
        return List.of("{\"id\":\"n1\",\"name\":\"Default\"}", "{\"id\":\"n2\",\"name\":\"IoT\",\"vlanId\":20}");
    }

    String classicNetworks() {
        return "[{\"name\":\"Default\",\"purpose\":\"corporate\"},{\"name\":\"IoT\",\"vlan\":\"20\"}]";
    }

    String classicUsers() {
        return "[{\"mac\":\"" + CAMERA + "\",\"name\":\"camera\",\"use_fixedip\":true,\"fixed_ip\":\"" + address(7)
                + "\"}," + "{\"mac\":\"" + client(1) + "\",\"hostname\":\"phone\",\"use_fixedip\":false}]";
    }
}
