package io.ridethrough.cli;

import io.ridethrough.contract.Contracts;
import io.ridethrough.receipt.KeyFile;
import io.ridethrough.receipt.VerifyingKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether tampering with receipts would show: the key that signs them, and where their heads are kept elsewhere. */
final class ReceiptCheck {
    private ReceiptCheck() {}

    static Symptom key(Home home) {
        KeyFile file = new KeyFile(home.folder());
        Optional<String> trouble = file.trouble();
        if (trouble.isPresent()) {
            return Symptom.wrong(
                    "receipts cannot be signed: " + trouble.get(),
                    "put it right, or move both files away: a new key is made, and receipts verify wants both named");
        }
        return Symptom.well(file.verifying()
                .map(VerifyingKey::fingerprint)
                .map(print -> "receipts are signed by the key " + print)
                .orElse("the key that signs receipts is made at the first start"));
    }

    static Symptom anchors(Settings settings, Contracts contracts) {
        List<String> places = new ArrayList<>();
        settings.receiptsAnchor().map(Path::toString).ifPresent(places::add);
        contracts.sites().values().stream()
                .flatMap(site -> site.power().upses().stream())
                .flatMap(ups -> ups.mqtt().stream())
                .flatMap(mqtt -> mqtt.receipts().stream().map(topic -> mqtt.broker() + " " + topic))
                .distinct()
                .forEach(places::add);
        if (places.isEmpty()) {
            return Symptom.weak(
                    "the heads of receipts are kept nowhere else: a journal whose end was cut off would not show it",
                    "set ridethrough.receipts.anchor to a file on another disk, or receipts: TOPIC beside a broker in"
                            + " power.yaml");
        }
        return settings.receiptsAnchor()
                .flatMap(file -> Optional.ofNullable(file.toAbsolutePath().getParent()))
                .filter(folder -> !Files.isWritable(folder))
                .map(folder -> Symptom.weak(
                        "the heads of receipts cannot be kept in " + folder + " now",
                        "mount it or let this user write there: what is missing is caught up with"))
                .orElseGet(() -> Symptom.well("the heads of receipts are kept in " + String.join(", ", places)));
    }
}
