package io.ridethrough.standard.word;

import io.ridethrough.contract.Device;
import java.util.List;

/** What is said of a device. */
final class DeviceWords {
    static final List<Word<Device>> ALL = List.of(
            Word.text("asset.role", (device, at) -> device.role()),
            Word.text("asset.address", (device, at) -> device.address().orElse("")),
            Word.texts("asset.macs", (device, at) -> device.macs()),
            Word.numbers("asset.ports", (device, at) -> device.ports()));

    private DeviceWords() {}
}
