package io.debezium.util;

import dev.lockstep.capture.exact.ReplacesDebezium;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/**
 * How much heap a record takes while it waits in Debezium's queue, for {@code
 * max.queue.size.in.bytes}: roughly, and rather too much than too little. Debezium's own copies
 * each text and each blob to learn its length, and looks each field up by its name.
 */
@NullMarked
@ReplacesDebezium
public final class ApproximateStructSizeCalculator {
  private static final int REFERENCE = 8;
  private static final int OBJECT = 24;
  private static final int TEXT = 56;
  private static final int CONTAINER = 64;

  /** An entry of a small map, with its key and value. */
  private static final int ENTRY = 100;

  private ApproximateStructSizeCalculator() {}

  /** Bytes; schemas and topics are shared by many records, so they don't count. */
  public static long getApproximateRecordSize(SourceRecord item) {
    long maps =
        (long) size(item.sourcePartition()) + size(item.sourceOffset()) + item.headers().size();
    return CONTAINER + ENTRY * maps + of(item.key()) + of(item.value());
  }

  private static int size(@Nullable Map<String, ?> map) {
    return map == null ? 0 : map.size();
  }

  private static long of(@Nullable Object value) {
    return switch (value) {
      case null -> 0;
      case Struct struct -> of(struct);
      // up to two bytes a character
      case String text -> TEXT + 2L * text.length();
      case byte[] bytes -> OBJECT + bytes.length;
      case ByteBuffer bytes -> CONTAINER + bytes.remaining();
      case BigDecimal decimal -> CONTAINER + decimal.precision() / 2;
      case List<?> list -> {
        long bytes = CONTAINER;
        for (Object element : list) {
          bytes += REFERENCE + of(element);
        }
        yield bytes;
      }
      case Map<?, ?> map -> {
        long bytes = CONTAINER;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          bytes += ENTRY + of(entry.getKey()) + of(entry.getValue());
        }
        yield bytes;
      }
      default -> OBJECT;
    };
  }

  private static long of(Struct struct) {
    long bytes = CONTAINER;
    List<Field> fields = struct.schema().fields();
    for (int i = 0; i < fields.size(); i++) {
      bytes += REFERENCE + of(struct.get(fields.get(i)));
    }
    return bytes;
  }
}
