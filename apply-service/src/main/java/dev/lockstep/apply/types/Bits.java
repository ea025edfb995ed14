package dev.lockstep.apply.types;

import dev.lockstep.apply.errors.RecordFault;
import dev.lockstep.common.schema.Column;
import java.util.Optional;

/** BIT of 1 to 64 bits, of which Debezium writes the bytes with the lowest first. */
final class Bits {
  private static final int MOST_BITS = 64;

  private Bits() {}

  static Optional<TargetType> rule(Column column) {
    if (column.wire().type().equals("boolean")) {
      return Optional.of(Integers.bool());
    }
    int bits = column.length() == null ? 1 : column.length();
    boolean isBits = "io.debezium.data.Bits".equals(column.wire().semantic());
    return isBits && bits > 1 && bits <= MOST_BITS ? Optional.of(number(bits)) : Optional.empty();
  }

  private static TargetType number(int bits) {
    int width = bits <= 8 ? 1 : bits <= 16 ? 2 : bits <= 32 ? 4 : 8;
    TargetType type =
        new TargetType(
            "UInt" + 8 * width,
            (json, out) -> {
              int length = Binaries.appendNumber(json, out);
              if (length > Long.BYTES) {
                throw new RecordFault("more bytes than BIT(" + bits + ") has");
              }
              long value = out.takeLittleEndian(length);
              if (bits < MOST_BITS && value >>> bits != 0) {
                throw RecordFault.value(
                    Long.toUnsignedString(value), "is beyond BIT(" + bits + ")");
              }
              out.putLittleEndian(value, width);
            });
    return width == 1 ? type : type.withCodec(Codecs.WHOLE).withKeyCodec(Codecs.RISING);
  }
}
