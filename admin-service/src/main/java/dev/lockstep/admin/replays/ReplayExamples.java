package dev.lockstep.admin.replays;

/** The bodies that the OpenAPI document shows; "Try it out" sends them as they are. */
final class ReplayExamples {
  static final String REBUILD =
      """
      { "database": "inventory", "table": "customers", "into": "NEW_TABLE" }
      """;

  static final String DEAD_LETTERS =
      """
      { "database": "inventory", "table": "customers", "source": "DEAD_LETTERS" }
      """;

  static final String RUNNING =
      """
      {
        "id": "0b6e7c62-07d5-4b43-8f5e-7a0c36b6a1de",
        "database": "inventory",
        "table": "customers",
        "source": "TOPIC",
        "fromTime": null,
        "fromOffsets": {},
        "into": "NEW_TABLE",
        "mode": null,
        "deadLetters": [],
        "state": "RUNNING",
        "reason": null,
        "recordsRead": 300000,
        "rowsApplied": 299998,
        "recordsQuarantined": 0,
        "recordsLeft": 700000,
        "requestedAt": "2026-11-23T02:00:00Z",
        "startedAt": "2026-11-23T02:00:01Z",
        "endedAt": null
      }
      """;

  static final String INVALID =
      """
      {
        "type": "/problems/invalid-replay",
        "title": "Invalid replay",
        "status": 400,
        "detail": "The replay can't be carried out, for 1 reason(s); nothing was begun:\\n\
      into: There is no such one. It must be one of TABLE, NEW_TABLE.",
        "instance": "/api/v1/replays"
      }
      """;

  private ReplayExamples() {}
}
