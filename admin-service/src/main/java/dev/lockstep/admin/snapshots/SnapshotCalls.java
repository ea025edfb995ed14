package dev.lockstep.admin.snapshots;

import dev.lockstep.common.snapshot.SnapshotCommand.Action;
import dev.lockstep.common.snapshot.SnapshotStatus;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** The snapshots' calls; {@link SnapshotApi} documents them. */
@RestController
class SnapshotCalls implements SnapshotApi {
  private final Snapshots snapshots;

  SnapshotCalls(Snapshots snapshots) {
    this.snapshots = snapshots;
  }

  @Override
  public ResponseEntity<SnapshotView> request(byte @Nullable [] body) {
    SnapshotStatus accepted = snapshots.request(SnapshotJson.read(body));
    return ResponseEntity.accepted()
        .location(
            ServletUriComponentsBuilder.fromCurrentContextPath()
                .path(SNAPSHOTS + "/{id}")
                .build(accepted.id()))
        .body(SnapshotView.of(accepted));
  }

  @Override
  public Listing list(@Nullable String connector) {
    return new Listing(snapshots.list(connector).stream().map(SnapshotView::of).toList());
  }

  @Override
  public SnapshotView get(String id) {
    return SnapshotView.of(snapshots.get(id));
  }

  @Override
  public ResponseEntity<SnapshotView> pause(String id) {
    return change(id, Action.PAUSE);
  }

  @Override
  public ResponseEntity<SnapshotView> resume(String id) {
    return change(id, Action.RESUME);
  }

  @Override
  public ResponseEntity<SnapshotView> cancel(String id) {
    return change(id, Action.CANCEL);
  }

  private ResponseEntity<SnapshotView> change(String id, Action action) {
    return ResponseEntity.accepted().body(SnapshotView.of(snapshots.change(id, action)));
  }
}
