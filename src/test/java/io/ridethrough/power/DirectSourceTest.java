package io.ridethrough.power;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A NUT server asked directly is the first source; what a broker carries beside it is a witness. */
class DirectSourceTest {
    @Test
    void aForgedOutageOfTheBrokerStartsNothingWhileTheServerSaysMains() {
        FakePower power = FakePower.onChange().saysVia(Reading.DIRECT, "OL");

        for (long second = 5; second <= 300; second += 5) {
            power.says("OB LB").until(second).saysVia(Reading.DIRECT, "OL");
        }

        assertThat(power.site.course()).isEqualTo(Course.UP);
    }

    @Test
    void aBrokerThatStillSaysMainsDoesNotPutOffAnOutageThatTheServerTells() {
        FakePower power = FakePower.onChange().says("OL").saysVia(Reading.DIRECT, "OL");

        for (long second = 5; second <= 90; second += 5) {
            power.saysVia(Reading.DIRECT, "OB").says("OL").until(second);
        }

        assertThat(power.site.course()).isEqualTo(Course.DOWN);
    }

    @Test
    void theBrokersWordCountsOnceTheServerIsSilent() {
        FakePower power = FakePower.onChange().says("OL").saysVia(Reading.DIRECT, "OL");

        power.until(5).serverLost().says("OB").until(10).says("OB").until(90);

        assertThat(power.site.course()).isEqualTo(Course.DOWN);
    }

    /** A server that stays silent is lost once, not again with each question. */
    @Test
    void aBrokerThatGoesOnTellingAnOutageIsTheSourceWhileTheServerIsSilent() {
        FakePower power = FakePower.onChange().says("OL").saysVia(Reading.DIRECT, "OL");

        power.until(5).saysVia(Reading.DIRECT, "OB").until(10).serverLost().says("OB");
        for (long second = 11; second <= 40; second++) {
            power.until(second).serverLost();
        }

        assertThat(power.site.state(FakePower.A)).isEqualTo(new UpsState.OnBattery());
        assertThat(power.site.course()).as("its hold is 60 s").isNotEqualTo(Course.DOWN);
        assertThat(power.until(90).site.course()).isEqualTo(Course.DOWN);
    }

    @Test
    void aServerLostOnMainsLeavesTheBrokersMainsStanding() {
        FakePower power = FakePower.onChange().says("OL").saysVia(Reading.DIRECT, "OL");

        power.until(5).serverLost().until(300);

        assertThat(power.site.state(FakePower.A)).isEqualTo(new UpsState.Online());
        assertThat(power.site.course()).isEqualTo(Course.UP);
    }

    @Test
    void aServerLostOnBatteryIsNoReturnOfMainsWhateverTheBrokerSaidBefore() {
        FakePower power = FakePower.onChange().says("OL").saysVia(Reading.DIRECT, "OL");

        power.until(5).saysVia(Reading.DIRECT, "OB").until(10).serverLost();

        assertThat(power.site.state(FakePower.A)).isInstanceOf(UpsState.CommunicationLost.class);
        assertThat(power.until(90).site.course()).isEqualTo(Course.DOWN);
    }

    /** R3, R10: what nobody tells any more is not on mains. */
    @Test
    void aUpsThatNeitherTellsOfAnyMoreIsLostWhicheverWentFirst() {
        FakePower brokerFirst = FakePower.onChange().says("OL").saysVia(Reading.DIRECT, "OL");
        brokerFirst.brokerLost().until(5).serverLost().until(10).serverLost();
        assertThat(brokerFirst.site.state(FakePower.A)).isInstanceOf(UpsState.CommunicationLost.class);

        FakePower serverFirst = FakePower.onChange().says("OL").saysVia(Reading.DIRECT, "OL");
        serverFirst.serverLost().until(5).brokerLost().until(10).serverLost();
        assertThat(serverFirst.site.state(FakePower.A)).isInstanceOf(UpsState.CommunicationLost.class);

        FakePower asked = FakePower.onChange().saysVia("home-assistant", "OL").saysVia(Reading.DIRECT, "OL");
        asked.lostVia("home-assistant");
        for (long second = 5; second <= 30; second += 5) {
            asked.until(second).serverLost().lostVia("home-assistant");
            assertThat(asked.site.state(FakePower.A)).isInstanceOf(UpsState.CommunicationLost.class);
        }
        asked.saysVia("home-assistant", "OL");
        assertThat(asked.site.state(FakePower.A)).isEqualTo(new UpsState.Online());
    }

    /** What the bridge itself had said stands, however its broker comes and goes. */
    @Test
    void aBrokerThatIsBackBringsBackNoUpsThatItsBridgeHasLost() {
        FakePower before = FakePower.onChange().says("OL").saysVia(Reading.DIRECT, "OL");
        before.lostVia("mqtt")
                .serverLost()
                .until(5)
                .brokerLost()
                .until(8)
                .brokerBack()
                .until(10)
                .serverLost();
        assertThat(before.site.state(FakePower.A)).isInstanceOf(UpsState.CommunicationLost.class);

        FakePower meanwhile = FakePower.onChange().says("OL");
        meanwhile.until(5).brokerLost().until(8).lostVia("mqtt").brokerBack().until(10);
        assertThat(meanwhile.site.state(FakePower.A)).isInstanceOf(UpsState.CommunicationLost.class);

        FakePower withoutStatus = FakePower.onChange().says("OL").saysVia(Reading.DIRECT, "OL");
        withoutStatus.lostVia("mqtt").charged("mqtt", 90).until(5).serverLost();
        assertThat(withoutStatus.site.state(FakePower.A)).isInstanceOf(UpsState.CommunicationLost.class);
    }

    @Test
    void aWordOfTheLastOutageIsNoWitnessOfTheNext() {
        FakePower power = FakePower.onChange().saysVia(Reading.DIRECT, "OL").says("OL");
        power.until(5).saysVia(Reading.DIRECT, "OB").says("OB").lostVia("mqtt");
        power.until(10).saysVia(Reading.DIRECT, "OL").until(400).saysVia(Reading.DIRECT, "OB");

        assertThat(power.until(465).site.course())
                .as("one witness waits 10 s longer")
                .isEqualTo(Course.UP);
        assertThat(power.until(475).site.course()).isEqualTo(Course.DOWN);
    }

    @Test
    void aBrokerLostIsNoLossOfAUpsWhoseServerAnswers() {
        FakePower power = FakePower.onChange().says("OL").saysVia(Reading.DIRECT, "OL");

        power.brokerLost().until(30);

        assertThat(power.site.state(FakePower.A)).isEqualTo(new UpsState.Online());
    }

    @Test
    void bothSourcesAreTwoWitnesses() {
        FakePower power = FakePower.onChange().says("OL").saysVia(Reading.DIRECT, "OL");

        power.until(5).saysVia(Reading.DIRECT, "OB").says("OB").until(66);

        assertThat(power.site.course())
                .as("no delay of a single witness after 60 s")
                .isEqualTo(Course.DOWN);
    }
}
