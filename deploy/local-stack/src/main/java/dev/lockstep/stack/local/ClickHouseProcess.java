package dev.lockstep.stack.local;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/**
 * The process that is ClickHouse: calls libchdb's {@code chdb_query_cmdline(argc, argv)} with the
 * options of {@code clickhouse-local}. Run with {@code -Xrs}, so that signals are the engine's.
 */
final class ClickHouseProcess {
  private ClickHouseProcess() {}

  @SuppressWarnings("restricted") // calling native code is what it is for
  public static void main(String[] args) throws Throwable {
    try (Arena arena = Arena.ofConfined()) {
      SymbolLookup library = SymbolLookup.libraryLookup(Path.of(args[0]), arena);
      MethodHandle run =
          Linker.nativeLinker()
              .downcallHandle(
                  library.findOrThrow("chdb_query_cmdline"),
                  FunctionDescriptor.of(
                      ValueLayout.ADDRESS, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
      MemorySegment result = (MemorySegment) run.invokeExact(args.length, argv(arena, args));
      System.err.println("The engine came back, with result " + result);
    }
    System.exit(1);
  }

  /** The arguments as C has them; the first is the program's name. */
  private static MemorySegment argv(Arena arena, String[] args) {
    MemorySegment argv = arena.allocate(ValueLayout.ADDRESS, args.length);
    argv.setAtIndex(ValueLayout.ADDRESS, 0, arena.allocateFrom("clickhouse-local"));
    for (int i = 1; i < args.length; i++) {
      argv.setAtIndex(ValueLayout.ADDRESS, i, arena.allocateFrom(args[i]));
    }
    return argv;
  }
}
