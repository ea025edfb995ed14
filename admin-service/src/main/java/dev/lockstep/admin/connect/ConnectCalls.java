package dev.lockstep.admin.connect;

import dev.lockstep.admin.connectors.Connector;
import dev.lockstep.admin.connectors.Connectors;
import dev.lockstep.admin.secrets.Secrets;
import dev.lockstep.admin.status.StatusBoard;
import dev.lockstep.admin.topics.ControlPlane;
import dev.lockstep.common.control.Removal;
import java.net.URI;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.utils.AppInfoParser;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** Kafka Connect's calls, as far as connectors need them; {@link ConnectApi} documents them. */
@RestController
class ConnectCalls implements ConnectApi {
  private final Connectors connectors;
  private final StatusBoard status;
  private final ControlPlane controlPlane;

  ConnectCalls(Connectors connectors, StatusBoard status, ControlPlane controlPlane) {
    this.connectors = connectors;
    this.status = status;
    this.controlPlane = controlPlane;
  }

  @Override
  public ServerInfo server() {
    return new ServerInfo(
        AppInfoParser.getVersion(),
        AppInfoParser.getCommitId(),
        controlPlane.clusterId().orElse(null));
  }

  @Override
  public Object list(@Nullable List<String> expand) {
    if (expand == null) {
      return connectors.list().stream().map(Connector::name).toList();
    }
    Map<String, Map<String, Object>> expanded = new LinkedHashMap<>();
    for (Connector connector : connectors.list()) {
      expanded.put(connector.name(), expand(connector, expand));
    }
    return expanded;
  }

  /** Kafka Connect ignores what it does not know how to expand. */
  private Map<String, Object> expand(Connector connector, List<String> expand) {
    Map<String, Object> parts = new LinkedHashMap<>();
    if (expand.contains("status")) {
      parts.put("status", state(connector));
    }
    if (expand.contains("info")) {
      parts.put("info", info(connector));
    }
    return parts;
  }

  @Override
  public ResponseEntity<ConnectorInfo> create(byte @Nullable [] body) {
    ConnectorRequest request = RequestJson.connector(body);
    NameInConfig.requireSame(request.name(), request.config());
    return created(connectors.create(request.name(), request.config()));
  }

  @Override
  public ConnectorInfo get(String name) {
    return info(connectors.get(name));
  }

  @Override
  public Map<String, String> config(String name) {
    return Secrets.mask(connectors.get(name).config());
  }

  @Override
  public ResponseEntity<ConnectorInfo> putConfig(String name, byte @Nullable [] body) {
    Map<String, String> config = RequestJson.config(body);
    NameInConfig.requireSame(name, config);
    Connectors.Put put = connectors.put(name, config);
    return put.created() ? created(put.connector()) : ResponseEntity.ok(info(put.connector()));
  }

  @Override
  public ConnectorState status(String name) {
    return state(connectors.get(name));
  }

  @Override
  public ResponseEntity<Void> delete(String name, @Nullable Set<Remove> remove)
      throws InterruptedException {
    boolean done = true;
    if (remove == null || remove.isEmpty()) {
      connectors.delete(name);
    } else {
      done = connectors.delete(name, removals(remove));
    }
    return done ? ResponseEntity.noContent().build() : ResponseEntity.accepted().build();
  }

  private static Set<Removal> removals(Set<Remove> asked) {
    Set<Removal> removals = EnumSet.noneOf(Removal.class);
    for (Remove each : asked) {
      switch (each) {
        case state -> removals.addAll(Set.of(Removal.OFFSET, Removal.SCHEMA_HISTORY));
        case topics -> removals.add(Removal.TOPICS);
      }
    }
    return removals;
  }

  private ResponseEntity<ConnectorInfo> created(Connector connector) {
    URI location =
        ServletUriComponentsBuilder.fromCurrentContextPath()
            .path("/connectors/{name}")
            .build(connector.name());
    return ResponseEntity.created(location).body(info(connector));
  }

  private ConnectorInfo info(Connector connector) {
    return ConnectorInfo.of(connector, status.known(connector.name()));
  }

  private ConnectorState state(Connector connector) {
    return ConnectorState.of(connector, status.connector(connector.name()));
  }
}
