package dev.lockstep.admin.replays;

import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** The replays' calls; {@link ReplayApi} documents them. */
@RestController
class ReplayCalls implements ReplayApi {
  private final Replays replays;

  ReplayCalls(Replays replays) {
    this.replays = replays;
  }

  @Override
  public ResponseEntity<ReplayView> request(byte @Nullable [] body) {
    ReplayView accepted = replays.request(ReplayJson.read(body));
    return ResponseEntity.accepted()
        .location(
            ServletUriComponentsBuilder.fromCurrentContextPath()
                .path(REPLAYS + "/{id}")
                .build(accepted.id()))
        .body(accepted);
  }

  @Override
  public Listing list() {
    return new Listing(replays.list());
  }

  @Override
  public ReplayView get(String id) {
    return replays.get(id);
  }

  @Override
  public ResponseEntity<ReplayView> cancel(String id) {
    return ResponseEntity.accepted().body(replays.cancel(id));
  }
}
