package dev.lockstep.admin.mappings;

import dev.lockstep.common.mapping.TableMapping;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** The mappings' calls; {@link MappingApi} documents them. */
@RestController
class MappingCalls implements MappingApi {
  private final Mappings mappings;

  MappingCalls(Mappings mappings) {
    this.mappings = mappings;
  }

  @Override
  public Listing list() {
    return new Listing(mappings.list().stream().map(MappingView::of).toList());
  }

  @Override
  public MappingView get(String name) {
    return MappingView.of(mappings.get(name));
  }

  @Override
  public ResponseEntity<Changed> put(String name, boolean dryRun, byte @Nullable [] body) {
    TableMapping mapping = MappingJson.read(name, body);
    Mappings.Put put = mappings.put(mapping, dryRun);
    boolean created = put.isNew() && !dryRun;
    return (created ? ResponseEntity.created(location(name)) : ResponseEntity.ok())
        .body(new Changed(MappingView.of(mapping), put.impact()));
  }

  private static URI location(String name) {
    return ServletUriComponentsBuilder.fromCurrentContextPath()
        .path(MAPPINGS + "/{name}")
        .build(name);
  }

  @Override
  public ResponseEntity<Void> delete(String name) {
    mappings.delete(name);
    return ResponseEntity.noContent().build();
  }

  @Override
  public Match match(String table) {
    Mappings.Matches found = mappings.matches(table);
    List<String> applying = names(found.applying());
    String first = applying.isEmpty() ? null : applying.getFirst();
    return new Match(table, first, applying, names(found.matching()));
  }

  private static List<String> names(List<TableMapping> mappings) {
    return mappings.stream().map(TableMapping::name).toList();
  }
}
