package dev.lockstep.admin.mappings;

/** The bodies that the OpenAPI document shows; "Try it out" sends them as they are. */
final class MappingExamples {
  static final String REQUEST =
      """
      {
        "tables": "inventory\\\\..*",
        "target": { "database": "lake", "table": "${table}" },
        "options": { "zeroDates": "NULL", "outOfRange": "CLAMP" },
        "columns": {
          "attributes": { "json": "JSON" },
          "photo": { "codec": "ZSTD(3)" },
          "quantity": { "type": "Int64" },
          "e_mail": { "mask": { "kind": "HASH", "salt": "people" } },
          "password": { "exclude": true }
        },
        "computed": { "day": { "type": "Date", "expression": "toDate(fromUnixTimestamp64Micro(toInt64(_version)))", "kind": "ALIAS" } },
        "settings": { "index_granularity": "4096" },
        "filter": "tenant <> 0 AND archived IS NULL",
        "deletes": "DELETE",
        "keyless": "MULTISET"
      }
      """;

  static final String STORED =
      """
      {
        "name": "inventory",
        "tables": "inventory\\\\..*",
        "target": { "database": "lake", "table": "${table}" },
        "options": { "zeroDates": "NULL", "outOfRange": "CLAMP" },
        "columns": {
          "attributes": { "json": "JSON" },
          "photo": { "codec": "ZSTD(3)" },
          "quantity": { "type": "Int64" },
          "e_mail": { "mask": { "kind": "HASH", "salt": "people" } },
          "password": { "exclude": true }
        },
        "computed": { "day": { "type": "Date", "expression": "toDate(fromUnixTimestamp64Micro(toInt64(_version)))", "kind": "ALIAS" } },
        "settings": { "index_granularity": "4096" },
        "filter": "tenant <> 0 AND archived IS NULL",
        "deletes": "DELETE",
        "keyless": "MULTISET"
      }
      """;

  static final String CHANGED =
      """
      {
        "name": "orders",
        "tables": "shop\\\\.orders",
        "options": {},
        "columns": { "quantity": { "type": "Int64" } },
        "computed": {},
        "ttl": "created + INTERVAL 1 YEAR",
        "impact": {
          "needs": "REBUILD",
          "changes": [
            {
              "property": "columns.quantity.type",
              "needs": "REBUILD",
              "reason": "The values that are there have another type or form; the table stops. The way out is a rebuild (POST /api/v1/replays), or a new snapshot into an empty table."
            },
            {
              "property": "ttl",
              "needs": "IN_PLACE",
              "reason": "ALTER TABLE changes it. What ClickHouse can't change in place stops the table."
            }
          ]
        }
      }
      """;

  static final String NOT_FOUND =
      """
      {
        "type": "/problems/mapping-not-found",
        "title": "No such mapping",
        "status": 404,
        "detail": "Mapping inventory not found. GET /api/v1/mappings lists those that there are.",
        "instance": "/api/v1/mappings/inventory"
      }
      """;

  static final String INVALID =
      """
      {
        "type": "/problems/invalid-mapping",
        "title": "Invalid mapping",
        "status": 400,
        "detail": "The mapping is invalid and contains the following 1 error(s):\\n\
      options.zeroDates: There is no such choice. It must be one of NULL, EPOCH, QUARANTINE.",
        "instance": "/api/v1/mappings/inventory"
      }
      """;

  private MappingExamples() {}
}
