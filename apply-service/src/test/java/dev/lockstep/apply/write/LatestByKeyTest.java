package dev.lockstep.apply.write;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("apply")
class LatestByKeyTest {
  private final LatestByKey latest = new LatestByKey();

  private static byte[] key(int number) {
    return ("{\"id\":" + number + "}").getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void anOlderEntryOfAKeyGivesWay() {
    assertThat(latest.add(key(1), 10)).isEqualTo(LatestByKey.NONE);
    assertThat(latest.add(key(2), 11)).isEqualTo(LatestByKey.NONE);
    assertThat(latest.add(key(1), 12)).isZero();
    assertThat(latest.add(key(1), 13)).isEqualTo(2);
  }

  @Test
  void aLateEntryOfAnOlderVersionGivesWayItself() {
    latest.add(key(1), 10);
    assertThat(latest.add(key(1), 9)).isEqualTo(1);
    assertThat(latest.add(key(1), 11)).isZero();
  }

  @Test
  void manyKeysEndWithTheirNewestVersionEach() {
    Random random = new Random(7);
    Map<Integer, Long> newest = new HashMap<>();
    Map<Integer, Long> versions = new HashMap<>();
    for (int entry = 0; entry < 50_000; entry++) {
      int key = random.nextInt(5_000);
      long version = random.nextInt(1_000_000);
      newest.merge(key, version, Math::max);
      versions.put(entry, version);
      versions.remove(latest.add(key(key), version));
    }
    assertThat(versions.values()).containsExactlyInAnyOrderElementsOf(newest.values());
  }
}
