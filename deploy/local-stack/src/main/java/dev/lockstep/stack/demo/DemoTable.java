package dev.lockstep.stack.demo;

import java.util.Locale;

/**
 * The demo's tables. There are no foreign keys: rows that a cascade deletes are not in MySQL's
 * binlog, and what is not in the binlog nobody can capture.
 */
enum DemoTable {
  CUSTOMERS(
      1000,
      1001,
      """
      id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
      first_name VARCHAR(64) NOT NULL,
      last_name VARCHAR(64) NOT NULL,
      email VARCHAR(255) NOT NULL,
      loyalty_points INT UNSIGNED NOT NULL DEFAULT 0,
      balance DECIMAL(12,2) NOT NULL DEFAULT 0,
      newsletter BOOLEAN NOT NULL DEFAULT FALSE,
      born DATE NULL,
      preferences JSON NULL,
      notes TEXT NULL,
      created_at DATETIME(3) NOT NULL,
      updated_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
      UNIQUE KEY email (email)""",
      "SUM(CRC32(email)), SUM(loyalty_points), SUM(CRC32(first_name))"),
  ADDRESSES(
      1500,
      1,
      """
      id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
      customer_id INT NOT NULL,
      kind ENUM('BILLING','SHIPPING','OTHER') NOT NULL,
      street VARCHAR(255) NOT NULL,
      city VARCHAR(100) NOT NULL,
      postcode CHAR(5) NOT NULL,
      country CHAR(2) NOT NULL,
      latitude DOUBLE NULL,
      longitude DOUBLE NULL,
      KEY customer (customer_id)""",
      "SUM(customer_id), SUM(CRC32(street)), SUM(CRC32(postcode))"),
  PRODUCTS(
      200,
      101,
      """
      id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
      sku VARCHAR(32) NOT NULL,
      name VARCHAR(255) NOT NULL,
      description TEXT NULL,
      price DECIMAL(10,2) NOT NULL,
      weight DOUBLE NULL,
      stock MEDIUMINT UNSIGNED NOT NULL,
      views BIGINT UNSIGNED NOT NULL DEFAULT 0,
      active BOOLEAN NOT NULL DEFAULT TRUE,
      released DATE NULL,
      attributes JSON NULL,
      UNIQUE KEY sku (sku)""",
      "SUM(CRC32(sku)), SUM(stock), SUM(views)"),
  ORDERS(
      2000,
      10001,
      """
      id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
      customer_id INT NOT NULL,
      status ENUM('NEW','PAID','SHIPPED','DELIVERED','CANCELLED') NOT NULL,
      total DECIMAL(12,2) NOT NULL,
      express BOOLEAN NOT NULL DEFAULT FALSE,
      comment VARCHAR(255) NULL,
      placed_at DATETIME NOT NULL,
      paid_at TIMESTAMP(6) NULL,
      KEY customer (customer_id)""",
      "SUM(customer_id), SUM(CRC32(status)), COUNT(paid_at)"),
  ORDER_LINES(
      5000,
      1,
      """
      id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
      order_id INT NOT NULL,
      product_id INT NOT NULL,
      quantity SMALLINT UNSIGNED NOT NULL,
      unit_price DECIMAL(10,2) NOT NULL,
      discount FLOAT NULL,
      gift TINYINT(1) NOT NULL DEFAULT 0,
      KEY of_order (order_id)""",
      "SUM(order_id), SUM(product_id), SUM(quantity)");

  /** Tells the demo's tables from anybody else's of the same name. */
  static final String MARK = "Lockstep demo";

  final int rows;
  final int firstId;
  final String columns;

  /** What both servers compute alike and what differs when rows do. */
  final String checksum;

  DemoTable(int rows, int firstId, String columns, String checksum) {
    this.rows = rows;
    this.firstId = firstId;
    this.columns = columns;
    this.checksum = checksum;
  }

  String sqlName() {
    return DemoDatabase.NAME + "." + tableName();
  }

  String tableName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
