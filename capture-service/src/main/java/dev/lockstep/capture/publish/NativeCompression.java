package dev.lockstep.capture.publish;

import net.jpountz.lz4.LZ4Factory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets Kafka's producer compress with lz4's native code. Within an executable jar the library takes
 * its slower Java code, unless the native one is loaded already.
 */
final class NativeCompression {
  private static final Logger log = LoggerFactory.getLogger(NativeCompression.class);

  private NativeCompression() {}

  /** Loads it, once; where this machine has none, lz4 in Java stays. */
  static void load() {
    try {
      LZ4Factory _ = LZ4Factory.nativeInstance();
    } catch (LinkageError | AssertionError | UnsupportedOperationException e) {
      log.atInfo().log("lz4 compresses in Java, as its native code can't be loaded: {}", e);
    }
  }
}
