package dev.lockstep.apply.types;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The JDK says what is right. */
@Tag("types")
class FloatTextsTest {
  private static final int TRIES = 100_000;

  private static void agrees(String text) {
    char[] chars = ("[" + text + "]").toCharArray();
    double asDouble = FloatTexts.toDouble(chars, 1, text.length());
    float asFloat = FloatTexts.toFloat(chars, 1, text.length());
    if (Double.doubleToRawLongBits(asDouble) != Double.doubleToRawLongBits(Double.parseDouble(text))
        || Float.floatToRawIntBits(asFloat) != Float.floatToRawIntBits(Float.parseFloat(text))) {
      assertThat(asDouble).as(text).isEqualTo(Double.parseDouble(text));
      assertThat(asFloat).as(text).isEqualTo(Float.parseFloat(text));
    }
  }

  @Test
  void theTextOfEachDoubleAndFloatGivesItAgain() {
    Random random = new Random(1);
    for (int i = 0; i < TRIES; i++) {
      double any = Double.longBitsToDouble(random.nextLong());
      float single = Float.intBitsToFloat(random.nextInt());
      if (Double.isFinite(any) && Float.isFinite(single)) {
        agrees(Double.toString(any));
        agrees(Float.toString(single));
      }
      agrees(Double.toString(random.nextGaussian() * 1000));
    }
  }

  @Test
  void anyDigitsWithAnyExponentGiveTheNearest() {
    Random random = new Random(2);
    for (int i = 0; i < TRIES; i++) {
      long digits = random.nextLong() >>> random.nextInt(64);
      agrees((digits & Long.MAX_VALUE) + "e" + (random.nextInt(700) - 360));
      agrees(-(digits & 0xffff) + "." + Math.abs(random.nextInt()) + "E" + random.nextInt(20));
    }
  }

  @Test
  void theMiddleBetweenTwoGoesToTheEvenOne() {
    Random random = new Random(3);
    for (int i = 0; i < TRIES / 10; i++) {
      long odd = (1L << 53) + 2 * (random.nextLong() >>> 12) + 1;
      agrees(Long.toString(odd));
      int oddFloat = (1 << 24) + 2 * random.nextInt(1 << 23) + 1;
      agrees(Integer.toString(oddFloat));
      agrees(oddFloat + ".0000000001");
      agrees((oddFloat - 1) + ".9999999999");
    }
  }

  @Test
  void theEdgesAreRight() {
    List.of(
            "0",
            "-0",
            "0.0",
            "-0.0",
            "0e400",
            "1",
            "-1",
            "1e400",
            "-1e400",
            "1e-400",
            "5e-324",
            "2.4703282292062327e-324",
            "2.4703282292062328e-324",
            "2.2250738585072011e-308",
            "2.2250738585072014E-308",
            "1.7976931348623157E308",
            "1.7976931348623159e308",
            "8.98846567431158e307",
            "9007199254740993",
            "9223372036854775807",
            "1e22",
            "1e23",
            "18446744073709551615",
            "99999999999999999999",
            "0.000000000000000000000000000000001",
            "123456789012345678901234567890",
            "3.4028235e38",
            "3.40282356779733661637539395458142568447e38",
            "3.4028236e38",
            "1.4e-45",
            "7e-46",
            "7.1e-46",
            "1.1754943508222875e-38",
            "1.0E+5",
            "16777217",
            "16777219",
            "9007199254740992.5",
            "0.1",
            "100000000000000000000000")
        .forEach(FloatTextsTest::agrees);
  }
}
