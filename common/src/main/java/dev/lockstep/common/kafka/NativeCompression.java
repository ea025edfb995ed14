package dev.lockstep.common.kafka;

import net.jpountz.lz4.LZ4Factory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets clients of this process use lz4's native code. Within an executable jar the library takes
 * its slower Java code, unless the native one is loaded already.
 */
public final class NativeCompression {
  private static final Logger log = LoggerFactory.getLogger(NativeCompression.class);

  private NativeCompression() {}

  /** Loads it, once; where this machine has none, lz4 in Java stays. */
  public static void load() {
    try {
      LZ4Factory _ = LZ4Factory.nativeInstance();
    } catch (LinkageError | AssertionError | UnsupportedOperationException e) {
      log.atInfo().log("lz4 works in Java, as its native code can't be loaded: {}", e);
    }
  }
}
