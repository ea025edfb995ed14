package dev.lockstep.apply.tables;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.apply.TargetSettings;
import dev.lockstep.apply.clickhouse.Identifiers;
import dev.lockstep.apply.settings.ClickHouseSettings;
import dev.lockstep.common.kafka.ControlCodec;
import dev.lockstep.common.mapping.TableMapping;
import dev.lockstep.common.mapping.TableMapping.Mode;
import dev.lockstep.common.schema.Column;
import dev.lockstep.common.schema.TableSchema;
import dev.lockstep.common.schema.Wire;
import dev.lockstep.stack.ClickHouseServer;
import dev.lockstep.stack.junit.Servers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The engine of these tests carries out no statement ON CLUSTER, but it reads them. */
@ExtendWith(Servers.class)
class ClusterTest {
  private static final Cluster CLUSTER = new Cluster("ma`in", true);

  private static Column column(String name) {
    return new Column(name, "INT", null, null, false, new Wire("int32", null, Map.of()));
  }

  private static TableDefinition wanted(Mode mode, List<String> key, Cluster cluster) {
    var schema =
        new TableSchema("c", "c.d.t", "d", "t", 1, List.of(column("id"), column("n")), key);
    TableMapping mapping =
        ControlCodec.decode(
            "{\"name\":\"m\",\"tables\":\".*\",\"mode\":\"%s\"}"
                .formatted(mode)
                .getBytes(StandardCharsets.UTF_8),
            TableMapping.class);
    return TableDefinition.of(schema, mapping, Salts.NONE, cluster);
  }

  private static List<String> statements(TableDefinition wanted) {
    List<String> statements = new ArrayList<>();
    statements.add(wanted.createTable());
    statements.add(wanted.addColumn(1));
    statements.add(wanted.modifyComment("new"));
    if (wanted.hasView()) {
      statements.add(StorageView.over(wanted, List.of("id", "n")).createOrReplace());
    }
    return statements;
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void everyStatementIsForAllHostsAndForClickHouse(Mode mode, ClickHouseServer clickHouse) {
    for (List<String> key :
        mode == Mode.HISTORY ? List.of(List.of("id")) : List.of(List.of("id"), List.<String>of())) {
      for (String statement : statements(wanted(mode, key, CLUSTER))) {
        String read =
            clickHouse.query(
                "SELECT formatQuery(%s) FORMAT TSVRaw".formatted(Identifiers.literal(statement)));
        assertThat(read).contains(" ON CLUSTER `ma\\`in`");
      }
    }
  }

  @Test
  void aTableOnAClusterIsReplicatedUnderTheServersOwnPath() {
    assertThat(wanted(Mode.MIRROR, List.of("id"), CLUSTER).createTable())
        .contains("ENGINE = ReplicatedReplacingMergeTree(_version, _deleted)\n");
    assertThat(wanted(Mode.MIRROR, List.of("id"), Cluster.NONE).createTable())
        .contains("ENGINE = ReplacingMergeTree(_version, _deleted)\n")
        .doesNotContain("CLUSTER");
  }

  @ParameterizedTest
  @CsvSource({
    "ReplacingMergeTree, false",
    "ReplicatedReplacingMergeTree, true",
    "SharedReplacingMergeTree, true"
  })
  void aTableThatKeepsRowsOnOneHostDoesNotFit(String engine, boolean fits) {
    TableDefinition wanted = wanted(Mode.MIRROR, List.of("id"), CLUSTER);
    String arguments =
        fits
            ? "('/clickhouse/tables/{uuid}/{shard}', '{replica}', _version, _deleted)"
            : "(_version, _deleted)";
    var existing =
        new ExistingTable(
            engine,
            engine + arguments + " ORDER BY id",
            "",
            List.of("id"),
            Map.of("id", "Int32", "n", "Int32", "_version", "UInt64", "_deleted", "UInt8"),
            Map.of(),
            Set.of());
    assertThat(existing.misfits(wanted).isEmpty()).isEqualTo(fits);
  }

  @Test
  void tablesAreReplicatedWithAClusterOrSeveralHostsUnlessItIsSaidOtherwise() {
    assertThat(settings(Map.of()).replicates()).isFalse();
    assertThat(settings(Map.of("cluster", "main")).replicates()).isTrue();
    assertThat(settings(Map.of("url", "http://a,b")).replicates()).isTrue();
    assertThat(settings(Map.of("url", "http://a,b", "replicated", "false")).replicates()).isFalse();
  }

  private static ClickHouseSettings settings(Map<String, String> properties) {
    return TargetSettings.of(properties);
  }
}
