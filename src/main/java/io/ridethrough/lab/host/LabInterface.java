package io.ridethrough.lab.host;

import io.ridethrough.contract.AssetId;
import io.ridethrough.lab.api.Asked;
import io.ridethrough.lab.api.Said;
import io.ridethrough.lab.host.Fault.Interface.How;
import io.ridethrough.lab.host.Fault.Interface.Surface;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;

/** What every interface of an asset can suffer, whatever it speaks; or one surface of it. */
final class LabInterface {
    static final Duration LATE = Duration.ofSeconds(8);

    private final LabModel model;
    private final AssetId id;
    private final Surface surface;
    private final BooleanSupplier isUp;

    LabInterface(LabModel model, LabHost host) {
        this(model, host.id(), host::isUp);
    }

    LabInterface(LabModel model, AssetId id, BooleanSupplier isUp) {
        this(model, id, Surface.EVERY, isUp);
    }

    private LabInterface(LabModel model, AssetId id, Surface surface, BooleanSupplier isUp) {
        this.model = model;
        this.id = id;
        this.surface = surface;
        this.isUp = isUp;
    }

    /** One surface of it, which can fail by itself. */
    LabInterface on(Surface one) {
        return new LabInterface(model, id, one, isUp);
    }

    /** Whether its port listens. */
    boolean isOpen() {
        return isUp.getAsBoolean() && !fails(How.GONE);
    }

    boolean fails(How how) {
        return model.faults.interfaceOf(id, surface, how);
    }

    /**
     * Answers on the world's own thread; what hangs never does.
     *
     * @param isAct whether the hosts' log notes it, as {@code command} with {@code object}
     * @param answer what it would say if it were well
     * @param isYes whether that takes the request
     */
    CompletableFuture<Said> answer(
            Asked asked,
            boolean isAct,
            String command,
            String object,
            Function<Asked, Said> answer,
            Predicate<Said> isYes) {
        CompletableFuture<Said> said = new CompletableFuture<>();
        model.clock.run(() -> {
            if (model.faults.hangs(id) || fails(How.SILENT)) {
                model.events.note(id, command, asked.method(), object, "timeout");
                return;
            }
            if (fails(How.BROKEN)) {
                said.complete(new Said(502, "Bad Gateway", "<html>502 Bad Gateway</html>"));
                return;
            }
            if (model.faults.wrongOnce(id, surface)) {
                said.complete(new Said(200, "OK", "<html>Please wait while the system is starting.</html>"));
                return;
            }
            Said one = answer.apply(asked);
            if (isAct) {
                model.events.note(id, command, asked.method(), object, isYes.test(one) ? "call" : "refused");
            }
            Said sent = isAct && fails(How.DROPS) ? Said.nothing() : one;
            if (fails(How.LATE)) {
                model.clock.after(LATE, () -> said.complete(sent));
            } else {
                said.complete(sent);
            }
        });
        return said;
    }
}
