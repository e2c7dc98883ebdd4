package io.ridethrough.target.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import io.ridethrough.contract.Guest.Form;
import io.ridethrough.target.proxmox.GuestList.Row;
import io.ridethrough.traps.Trap;
import org.junit.jupiter.api.Test;

/** Fixtures by protocols 1.6. */
class GuestListTest {
    @Test
    void readsVmsWithRightAlignedNumbersAndNamesLongerThanTheirColumn() {
        GuestList list = GuestList.read(Form.VM, """
                      VMID NAME                 STATUS     MEM(MB)    BOOTDISK(GB) PID
                       100 haos                 running    4096              32.00 1234
                       105 a-name-that-is-longer-than-its-column paused     2048               0.00 77
                 999999999 VM 999999999         stopped    512                8.00 0
                """);

        assertThat(list.unread()).isEmpty();
        assertThat(list.rows())
                .containsExactly(
                        new Row(Form.VM, 100, "haos", "running", ""),
                        new Row(Form.VM, 105, "a-name-that-is-longer-than-its-column", "paused", ""),
                        new Row(Form.VM, 999999999, "VM 999999999", "stopped", ""));
    }

    @Test
    void anEmptyListingOfVmsPrintsNothingAndIsAListOfNone() {
        assertThat(GuestList.read(Form.VM, "").rows()).isEmpty();
    }

    @Test
    @Trap(12)
    void readsContainersAtFixedColumnsSinceTheLockIsMostlyBlank() {
        GuestList list = GuestList.read(Form.CONTAINER, """
                VMID       Status     Lock         Name
                101        running                 dns
                107        stopped    backup       media server
                108        stopped    snapshot-delete old
                """);

        assertThat(list.unread()).isEmpty();
        assertThat(list.rows())
                .containsExactly(
                        new Row(Form.CONTAINER, 101, "dns", "running", ""),
                        new Row(Form.CONTAINER, 107, "media server", "stopped", "backup"),
                        new Row(Form.CONTAINER, 108, "old", "stopped", "snapshot-delete"));
    }

    @Test
    void aLineThatIsNoRowIsToldAndNotSkipped() {
        assertThat(GuestList.read(Form.VM, "ipcc_send_rec failed\n").unread()).containsExactly("ipcc_send_rec failed");
        assertThat(GuestList.read(Form.CONTAINER, "ipcc_send_rec failed\n").unread())
                .containsExactly("ipcc_send_rec failed");
    }
}
