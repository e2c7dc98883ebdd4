package io.ridethrough.target.proxmox.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UpidTest {
    @Test
    void aTaskOfATokenIsReadAndEncodedWhole() {
        Upid upid = Upid.read("UPID:pve-1:0003A1B2:0123ABCD:65A1B2C3:qmshutdown:100:root@pam!rt:")
                .orElseThrow();

        assertThat(upid.node()).isEqualTo("pve-1");
        assertThat(upid.type()).isEqualTo("qmshutdown");
        assertThat(upid.id()).isEqualTo("100");
        assertThat(upid.user()).isEqualTo("root@pam!rt");
        assertThat(Request.task("pve-1", upid).path())
                .isEqualTo("/nodes/pve-1/tasks/UPID%3Apve-1%3A0003A1B2%3A0123ABCD%3A65A1B2C3%3Aqmshutdown%3A100"
                        + "%3Aroot%40pam%21rt%3A/status");
    }

    @Test
    void anIdMayBeEmptyAndAStartTimeOfAProcessMayHaveNineDigits() {
        assertThat(Upid.read("UPID:pve:0003A1B2:10123ABCD:65A1B2C3:startall::root@pam:"))
                .isPresent();
    }

    @Test
    void whatIsNoTaskIsNone() {
        assertThat(Upid.read("")).isEmpty();
        assertThat(Upid.read("null")).isEmpty();
        assertThat(Upid.read("UPID:pve:0003A1B2:0123ABCD:65A1B2C3:qmstart:100:root@pam:/../x"))
                .isEmpty();
    }

    @Test
    void onlyTasksOfHighAvailabilityQueue() {
        assertThat(Upid.read("UPID:pve:0003A1B2:0123ABCD:65A1B2C3:hastop:100:root@pam:")
                        .orElseThrow()
                        .onlyQueues())
                .isTrue();
    }
}
