-- A deleted mapping keeps its row, with no value: its generations go on, and a database that was
-- used is told from a new one, which adopts what stands in Kafka.
CREATE TABLE mappings (
    name       VARCHAR(249)             NOT NULL PRIMARY KEY,
    mapping    TEXT,
    generation BIGINT                   NOT NULL,
    updated_at TIMESTAMP WITH TIME ZONE NOT NULL
);
