package dev.lockstep.capture.connectors;

/** Tables with values that are easily altered on their way; for a session in UTC. */
final class DifficultValues {
  /** How many rows the tables of ENUM and SET have. */
  static final int OPTIONS = 11;

  private static final String OPTION_COLUMNS =
      """
       (id INT PRIMARY KEY,
        e ENUM('a,b', 'it''s', 'ü\\\\x', '', 'two''''q', 'c\\\\,d', 'tab\\tx', 'trail  ', "dq'x",
          'it\\\\''s', "漢'字\\"" , 'a\\'\\'b'),
        s SET('x', 'y z', 'ü', 'q''x', 'b\\\\s', "d''q", 'p\\%'))
      """;

  static final String[] TABLES = {
    "DROP DATABASE IF EXISTS exact",
    "CREATE DATABASE exact",
    "USE exact",
    """
    CREATE TABLE temporal (id INT PRIMARY KEY, d DATE, dn DATE NOT NULL DEFAULT '0000-00-00',
      dt DATETIME DEFAULT '0000-00-00 00:00:00', dt3n DATETIME(3) NOT NULL, dt6 DATETIME(6),
      ts TIMESTAMP NULL, ts6n TIMESTAMP(6) NOT NULL DEFAULT '0000-00-00 00:00:00',
      y YEAR DEFAULT 0, t TIME, t6 TIME(6))
    """,
    "CREATE TABLE zerokey (d DATE, dt DATETIME(1), v INT, PRIMARY KEY (d, dt))",
    """
    CREATE TABLE number (id INT(7) ZEROFILL PRIMARY KEY, f FLOAT, f74 FLOAT(7,4), f53 FLOAT(53),
      fz FLOAT ZEROFILL, d DOUBLE, dz DOUBLE ZEROFILL, ti TINYINT(3) ZEROFILL, si SMALLINT ZEROFILL,
      mi MEDIUMINT ZEROFILL, ii INT ZEROFILL, bi BIGINT ZEROFILL, de DECIMAL(10,2) ZEROFILL,
      d65 DECIMAL(65,30) ZEROFILL, d0 DECIMAL(5) ZEROFILL, b1 BIT(1), b9 BIT(9), bo BOOLEAN,
      t1 TINYINT(1), bu BIGINT UNSIGNED)
    """,
    "CREATE TABLE options" + OPTION_COLUMNS,
    """
    CREATE TABLE commented (id INT PRIMARY KEY, n INT COMMENT 'it''s \\\\ a\\n"number"',
      g GEOMETRY COMMENT 'where', p POINT, l LINESTRING COMMENT 'Geometry')
    """,
    "CREATE TABLE `a_b` (id INT PRIMARY KEY, one INT)",
    "CREATE TABLE `a b` (id INT PRIMARY KEY, other VARCHAR(10))",
  };

  static final String[] ROWS = {
    "USE exact",
    """
    INSERT INTO temporal VALUES
     (1, 0, 0, 0, 0, 0, 0, 0, 0, '-838:59:59', '-00:00:00.000001'),
     (2, '2024-05-00', '2024-00-00', '0000-05-01 01:02:03', '2024-05-00 01:02:03.5',
      '0000-00-01 23:59:59.999999', NULL, '2038-01-19 03:14:07.999999', 1901, '838:59:59',
      '838:59:58.999999'),
     (3, '0001-01-01', '0100-03-01', '0050-02-28 11:22:30', '2024-03-31 02:30:00.123',
      '2024-03-31 02:30:00.000001', '2024-03-31 00:30:00', '2024-10-27 00:30:00.000001', 2155,
      '00:00:00', '-01:02:03.123456'),
     (4, NULL, '2024-02-31', NULL, '9999-12-31 23:59:59.999', NULL, '2024-10-27 01:30:00',
      '1970-01-01 00:00:01.000001', NULL, NULL, NULL),
     (5, '9999-12-31', '1582-10-10', '1500-02-28 12:00:00', '1893-04-01 00:03:00.5',
      '1000-01-01 00:00:00.1', '1970-01-01 00:00:01', '2024-01-01 00:00:00', 2000, '-00:00:01',
      '24:00:00.5')
    """,
    "INSERT INTO zerokey VALUES (0, '2024-05-00 00:00:00.5', 1)",
    """
    INSERT INTO number VALUES
     (1, 16777217.5, 123.4567, 0.1, 1.5, 1.7976931348623157e308, 7, 5, 5, 5, 5, 5, 5, 5.5, 5, b'1',
      b'100000001', TRUE, 127, 18446744073709551614),
     (2, 3.4028234663852886e38, 999.9999, 0.1, 1.1754943508222875e-38, -2.2250738585072014e-308,
      1e300, 255, 65535, 16777215, 4294967295, 18446744073709551615, 99999999.99,
      99999999999999999999999999999999999.999999999999999999999999999999, 99999, b'0', b'11111111',
      FALSE, -128, 0),
     (3, -0e0, -0.0001, -0e0, 0, -0e0, 0, 0, 0, 0, 0, 0, 0, 0, 0, NULL, NULL, NULL, NULL, NULL)
    """,
    "INSERT INTO options SELECT i, i, CAST(i * 11 AS UNSIGNED) FROM "
        + "(WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
        + OPTIONS
        + ") SELECT i FROM n) AS n",
    "INSERT INTO commented (id) VALUES (1)",
    "INSERT INTO `a_b` VALUES (1, 1)",
    "INSERT INTO `a b` VALUES (1, 'x')",
  };

  /** For the binlog: the same rows with ids that are higher by 100, and what comes only there. */
  static final String[] COPIES = {
    "USE exact",
    "INSERT INTO temporal SELECT id + 100, d, dn, dt, dt3n, dt6, ts, ts6n, y, t, t6 FROM temporal",
    "UPDATE zerokey SET d = '2024-00-00'",
    """
    INSERT INTO number SELECT id + 100, f, f74, f53, fz, d, dz, ti, si, mi, ii, bi, de, d65, d0, b1,
      b9, bo, t1, bu FROM number
    """,
    "INSERT INTO options SELECT id + 100, e, s FROM options",
    "CREATE TABLE options2" + OPTION_COLUMNS,
    "INSERT INTO options2 SELECT id, id, s + 0 FROM options WHERE id < 100",
    "INSERT INTO `a_b` VALUES (2, 2)",
    "INSERT INTO `a b` VALUES (2, 'y')",
    "INSERT INTO `a_b` VALUES (3, 3)",
    "INSERT INTO `a b` VALUES (3, 'z')",
  };

  private DifficultValues() {}
}
