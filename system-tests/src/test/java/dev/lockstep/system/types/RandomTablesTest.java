package dev.lockstep.system.types;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.stack.junit.Servers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.Shrinkable;
import net.jqwik.api.sessions.JqwikSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Whatever a table is and whatever happens to its rows, the target ends equal to the source.
 * jqwik's generators make the tables up and shrink one that fails; its own engine would start one
 * table after the other, where one suite takes hundreds at a time.
 *
 * <p>{@code lockstep.random.tables} is their number, {@code lockstep.random.seed} the seed: a
 * number, or {@code random}.
 */
@Tag("types")
@ExtendWith({Servers.class, OnTypesStack.class})
class RandomTablesTest {
  private static final int TABLES = Integer.getInteger("lockstep.random.tables", 200);
  private static final int AT_ONCE = 200;
  private static final int SHRINKS = 40;
  private static final int EDGES = 1000;

  @Test
  void theTargetEndsEqualToTheSource(TypesStack stack) {
    String given = System.getProperty("lockstep.random.seed", "20261122");
    long seed = given.equals("random") ? System.nanoTime() : Long.parseLong(given);
    JqwikSession.run(() -> carryOut(stack, seed));
  }

  private static void carryOut(TypesStack stack, long seed) throws Exception {
    RandomGenerator<RandomTable> generator = RandomTables.tables().generator(EDGES, true);
    Random random = new Random(seed);
    for (int first = 0; first < TABLES; first += AT_ONCE) {
      List<Shrinkable<RandomTable>> tables = new ArrayList<>();
      for (int i = first; i < Math.min(TABLES, first + AT_ONCE); i++) {
        tables.add(generator.next(random));
      }
      Optional<String> failure = new Batch(stack, "types_random_" + first).failureOf(tables);
      assertThat(failure).as("-Dlockstep.random.seed=" + seed).isEmpty();
    }
  }

  /** The tables of one database, which a connector of their own captures. */
  private static final class Batch {
    private final TypesStack stack;
    private final String database;
    private int made;

    Batch(TypesStack stack, String database) {
      this.stack = stack;
      this.database = database;
    }

    Optional<String> failureOf(List<Shrinkable<RandomTable>> tables) throws Exception {
      Map<Scenario, Shrinkable<RandomTable>> all = new LinkedHashMap<>();
      tables.forEach(table -> all.put(table.value().scenario(nextName()), table));
      stack.write(List.of("CREATE DATABASE " + database));
      for (var each : all.entrySet()) {
        if (each.getValue().value().early()) {
          stack.tryAll(each.getKey().begin());
        }
      }
      awaitSnapshot();
      for (var each : all.entrySet()) {
        if (!each.getValue().value().early()) {
          stack.tryAll(each.getKey().begin());
        }
        stack.tryAll(each.getKey().change());
      }
      Map<Scenario, String> differences = Scenarios.differences(stack, List.copyOf(all.keySet()));
      Optional<String> failure = describe(differences, all);
      stack.forget(database, database);
      return failure;
    }

    /**
     * Debezium's snapshot lists the tables before it knows its place in the binlog: one that is
     * made in between would be in neither.
     */
    private void awaitSnapshot() throws Exception {
      String last = database + ".z";
      stack.write(
          List.of(
              "CREATE TABLE " + last + " (id INT PRIMARY KEY)",
              "INSERT INTO " + last + " VALUES (1)"));
      stack.connect(database, database);
      stack
          .both()
          .awaitEqual(
              "SELECT id FROM " + last, "SELECT id FROM " + last + " FINAL", TypesStack.LIMIT);
    }

    private Optional<String> describe(
        Map<Scenario, String> differences, Map<Scenario, Shrinkable<RandomTable>> all)
        throws Exception {
      if (differences.isEmpty()) {
        return Optional.empty();
      }
      Scenario first = differences.keySet().iterator().next();
      String smallest = smallest(all.get(first)).orElse("none smaller fails");
      return Optional.of(
          "%d tables differ; the first: %s%n%s%nThe smallest of its kind: %s%n%s"
              .formatted(
                  differences.size(),
                  String.join(";\n", first.begin())
                      + ";\n-- then\n"
                      + String.join(";\n", first.change()),
                  differences.get(first),
                  smallest,
                  stack.state(database)));
    }

    /** Goes on with the first smaller one that fails, until none does or it was tried enough. */
    private Optional<String> smallest(Shrinkable<RandomTable> failed) throws Exception {
      Optional<String> found = Optional.empty();
      Shrinkable<RandomTable> from = failed;
      int left = SHRINKS;
      while (left > 0) {
        List<Shrinkable<RandomTable>> smaller = from.shrink().limit(left).toList();
        left -= Math.max(1, smaller.size());
        Map<Scenario, Shrinkable<RandomTable>> tried = new LinkedHashMap<>();
        for (Shrinkable<RandomTable> table : smaller) {
          Scenario scenario = table.value().scenario(nextName());
          stack.tryAll(scenario.begin());
          stack.tryAll(scenario.change());
          tried.put(scenario, table);
        }
        Map<Scenario, String> differences =
            Scenarios.differences(stack, List.copyOf(tried.keySet()));
        Optional<Scenario> next =
            tried.keySet().stream().filter(differences::containsKey).findFirst();
        if (next.isEmpty()) {
          return found;
        }
        from = tried.get(next.get());
        found =
            next.map(
                scenario ->
                    String.join(";\n", scenario.begin())
                        + ";\n-- then\n"
                        + String.join(";\n", scenario.change())
                        + "\n"
                        + differences.get(scenario));
      }
      return found;
    }

    private String nextName() {
      return database + ".r" + made++;
    }
  }
}
