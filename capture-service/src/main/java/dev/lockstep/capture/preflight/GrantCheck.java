package dev.lockstep.capture.preflight;

import dev.lockstep.capture.source.SourceKind;
import io.debezium.relational.TableId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Finds the privileges that the connecting user lacks, each with the GRANT that mends it. */
final class GrantCheck {
  private static final String USER = "database.user";
  private static final int TABLES_BY_NAME = 5;

  /** Which ways of locking flush tables; the others take no lock, or one of Percona's. */
  private static final Set<String> FLUSHING =
      Set.of("minimal", "extended", "minimal_at_least_once");

  private final SourceKind kind;
  private final Grants grants;
  private final Map<String, String> config;
  private final Findings findings;

  GrantCheck(Grants grants, Map<String, String> config, Findings findings) {
    this.kind = SourceKind.ofChecked(config);
    this.grants = grants;
    this.config = config;
    this.findings = findings;
  }

  void checkReplication() {
    needed("REPLICATION SLAVE", "reading the binary log");
    needed(kind.privilegeOfPlace(), "finding the place in the binary log");
  }

  boolean mayListReplicas() {
    return grants.everywhere(kind.privilegeOfReplicas());
  }

  void checkServerWide(ServerVariables server) {
    String locking = config.getOrDefault("snapshot.locking.mode", "minimal").strip();
    if (FLUSHING.contains(locking) && !grants.everywhere("FLUSH_TABLES")) {
      needed("RELOAD", "the short lock at the start of a snapshot");
    }
    showDatabases(server);
  }

  private void needed(String privilege, String what) {
    if (!grants.everywhere(privilege)) {
      findings.error(USER, missing(privilege) + ", needed for " + what + ".", mend(privilege));
    }
  }

  /** Without it, only databases on which the user has some privilege are shown: often enough. */
  private void showDatabases(ServerVariables server) {
    String privilege = "SHOW DATABASES";
    if (grants.everywhere(privilege)) {
      return;
    }
    if (server.refusesShowDatabases()) {
      needed(privilege, "listing databases (the server runs with skip_show_database)");
    } else if (!grants.everywhere("SELECT")) {
      findings.warning(
          USER,
          missing(privilege) + "; databases that are granted to it later are not announced.",
          mend(privilege));
    }
  }

  /** Whether the user may read anything; when not, it sees no tables either. */
  boolean checkSelectAtAll(Set<String> databases) {
    if (grants.anywhere("SELECT")) {
      return true;
    }
    findings.error(
        USER,
        missing("SELECT") + ", needed for the snapshot of the captured tables.",
        grantSelectOn(databases));
    return false;
  }

  void checkSelect(List<TableId> captured) {
    List<TableId> unreadable =
        captured.stream().filter(id -> !grants.on("SELECT", id.catalog(), id.table())).toList();
    if (!unreadable.isEmpty()) {
      findings.error(
          USER,
          missing("SELECT") + " on " + TableNames.listed(unreadable) + ".",
          grantSelect(places(unreadable)));
    }
  }

  private static List<String> places(List<TableId> tables) {
    if (tables.size() <= TABLES_BY_NAME) {
      return tables.stream().map(id -> quoted(id.catalog()) + "." + quoted(id.table())).toList();
    }
    return wholeDatabases(
        tables.stream().map(TableId::catalog).collect(Collectors.toCollection(TreeSet::new)));
  }

  String grantSelectOn(Set<String> databases) {
    return grantSelect(databases.isEmpty() ? List.of("*.*") : wholeDatabases(databases));
  }

  private static List<String> wholeDatabases(Set<String> databases) {
    return databases.stream().map(database -> quoted(database) + ".*").toList();
  }

  private String grantSelect(List<String> places) {
    return places.stream()
        .map(place -> "GRANT SELECT ON " + place + " TO " + grants.account() + ";")
        .collect(Collectors.joining(" "));
  }

  private String missing(String privilege) {
    return "The "
        + kind.title()
        + " user "
        + grants.account()
        + " lacks the privilege "
        + privilege;
  }

  private String mend(String privilege) {
    return "GRANT " + privilege + " ON *.* TO " + grants.account() + ";";
  }

  private static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  String account() {
    return grants.account();
  }
}
