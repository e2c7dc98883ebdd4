package io.ridethrough.target.proxmox;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code qm config} or {@code pct config} says that a guest is given (protocols 1.6: sorted lines of
 * {@code key: value}).
 *
 * @param cores virtual processors, of a VM cores times sockets; 0 for a container without a limit
 * @param memory in MiB
 * @param disks the Proxmox storage of each disk, by the disk; what is no volume of a storage is not among them
 */
public record GuestSetup(int cores, long memory, Map<String, String> disks, boolean onboot) {
    private static final Pattern LINE = Pattern.compile("(?m)^([a-z]+[0-9]*): +(.*?) *$");
    private static final Pattern DISK =
            Pattern.compile("(scsi|virtio|sata|ide|efidisk|tpmstate|mp)[0-9]+|rootfs", Pattern.CASE_INSENSITIVE);
    private static final Pattern VOLUME = Pattern.compile("(?:file=|volume=)?([A-Za-z][A-Za-z0-9._-]*):.*");
    private static final Pattern NUMBER = Pattern.compile("(?:current=)?([0-9]{1,9})(?:,.*)?");
    /** What Proxmox gives where the configuration does not say it. */
    private static final long DEFAULT_MEMORY = 512;

    public GuestSetup {
        disks = new TreeMap<>(disks);
    }

    /** Reads it; the first line of a key counts, since snapshots come after what is now. */
    public static GuestSetup read(String config) {
        Map<String, String> values = new TreeMap<>();
        Matcher lines = LINE.matcher(config);
        while (lines.find()) {
            values.putIfAbsent(lines.group(1), lines.group(2));
        }
        boolean container = values.containsKey("rootfs");
        long cores = number(values, "cores", container ? 0 : 1) * number(values, "sockets", 1);
        return new GuestSetup(
                (int) cores,
                number(values, "memory", DEFAULT_MEMORY),
                disks(values),
                values.getOrDefault("onboot", "0").equals("1"));
    }

    private static long number(Map<String, String> values, String key, long otherwise) {
        Matcher number = NUMBER.matcher(values.getOrDefault(key, ""));
        return number.matches() ? Long.parseLong(number.group(1)) : otherwise;
    }

    private static Map<String, String> disks(Map<String, String> values) {
        Map<String, String> disks = new TreeMap<>();
        values.forEach((key, value) -> {
            Matcher volume = VOLUME.matcher(value);
            if (DISK.matcher(key).matches() && !value.contains("media=cdrom") && volume.matches()) {
                disks.put(key, volume.group(1));
            }
        });
        return disks;
    }
}
