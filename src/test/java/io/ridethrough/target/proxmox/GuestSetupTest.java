package io.ridethrough.target.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class GuestSetupTest {
    @Test
    void aVmHasCoresOfEachSocketAndDisksThatAreVolumes() {
        GuestSetup setup = GuestSetup.read("""
                agent: 1
                boot: order=scsi0;ide2
                cores: 4
                description: cores%3A 99
                efidisk0: local-lvm:vm-100-disk-0,efitype=4m,size=4M
                ide2: local:iso/debian.iso,media=cdrom,size=600M
                memory: 8192
                onboot: 1
                scsi0: local-lvm:vm-100-disk-1,size=32G
                scsi1: file=tank-vms:vm-100-disk-2,size=100G
                scsihw: virtio-scsi-single
                sockets: 2
                unused0: old:vm-100-disk-9
                virtio0: /dev/disk/by-id/ata-x,size=1T
                """);

        assertThat(setup)
                .isEqualTo(new GuestSetup(
                        8, 8192, Map.of("efidisk0", "local-lvm", "scsi0", "local-lvm", "scsi1", "tank-vms"), true));
    }

    @Test
    void aContainerHasARootAndMountPointsAndMayHaveNoLimitOfCores() {
        GuestSetup setup = GuestSetup.read("""
                arch: amd64
                hostname: dns
                memory: 512
                mp0: /srv/lists,mp=/lists
                mp1: volume=tank:subvol-105-disk-1,mp=/var,size=8G
                rootfs: local-lvm:vm-105-disk-0,size=4G
                lxc.apparmor.profile: unconfined
                """);

        assertThat(setup).isEqualTo(new GuestSetup(0, 512, Map.of("mp1", "tank", "rootfs", "local-lvm"), false));
    }

    @Test
    void whatIsNotSaidIsWhatProxmoxGives() {
        assertThat(GuestSetup.read("name: x\n")).isEqualTo(new GuestSetup(1, 512, Map.of(), false));
        assertThat(GuestSetup.read("memory: current=2048\n").memory()).isEqualTo(2048);
    }
}
