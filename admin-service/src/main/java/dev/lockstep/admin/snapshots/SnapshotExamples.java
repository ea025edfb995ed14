package dev.lockstep.admin.snapshots;

/** The bodies that the OpenAPI document shows; "Try it out" sends them as they are. */
final class SnapshotExamples {
  static final String REQUEST =
      """
      {
        "connector": "inventory-connector",
        "type": "INCREMENTAL",
        "tables": [
          { "database": "inventory", "table": "customers" },
          { "database": "inventory", "table": "orders", "filter": "order_date >= '2016-01-17'" }
        ]
      }
      """;

  static final String RUNNING =
      """
      {
        "id": "6f9b2c1e-58f0-4b0e-9c55-0c0f8f6d1a77",
        "connector": "inventory-connector",
        "type": "INCREMENTAL",
        "state": "RUNNING",
        "reason": null,
        "tablesRead": 1,
        "tablesTotal": 2,
        "rowsRead": 250000,
        "rowsEstimated": 1000000,
        "rowsPerSecond": 50000,
        "secondsLeft": 15,
        "tables": [
          { "database": "inventory", "table": "customers", "filter": null, "state": "COMPLETED",
            "rowsRead": 50000, "rowsEstimated": 49800, "reason": null },
          { "database": "inventory", "table": "orders", "filter": "order_date >= '2016-01-17'",
            "state": "RUNNING", "rowsRead": 200000, "rowsEstimated": 950000, "reason": null }
        ],
        "requestedAt": "2026-11-23T02:00:00Z",
        "startedAt": "2026-11-23T02:00:01Z",
        "endedAt": null
      }
      """;

  static final String INVALID =
      """
      {
        "type": "/problems/invalid-snapshot",
        "title": "Invalid snapshot",
        "status": 400,
        "detail": "The snapshot can't be taken, for 1 reason(s); nothing was begun:\\n\
      tables[0]: There is no table inventory.custmers, or the user can't see it; did you mean \
      inventory.customers. Correct the name, which must be written as in MySQL.",
        "instance": "/api/v1/snapshots"
      }
      """;

  static final String NOT_FOUND =
      """
      {
        "type": "/problems/snapshot-not-found",
        "title": "No such snapshot",
        "status": 404,
        "detail": "Snapshot 42 not found. GET /api/v1/snapshots lists those that there are.",
        "instance": "/api/v1/snapshots/42"
      }
      """;

  static final String ENDED =
      """
      {
        "type": "/problems/conflict",
        "title": "Conflict",
        "status": 409,
        "detail": "Snapshot 6f9b2c1e-58f0-4b0e-9c55-0c0f8f6d1a77 has ended: it is COMPLETED. To read \
      the tables again, ask for a new snapshot.",
        "instance": "/api/v1/snapshots/6f9b2c1e-58f0-4b0e-9c55-0c0f8f6d1a77/cancel"
      }
      """;

  private SnapshotExamples() {}
}
