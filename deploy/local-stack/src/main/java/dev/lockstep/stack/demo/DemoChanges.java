package dev.lockstep.stack.demo;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;

/** What happens in the demo's shop: orders come, move on and go, customers and stock change. */
final class DemoChanges {
  /** Above this many orders the oldest go, so that the tables stay as large as they were. */
  private static final int MOST_ORDERS = DemoTable.ORDERS.rows + 50;

  private final Random random = new Random();

  /** Makes one change; the caller commits. */
  void one(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      switch (random.nextInt(10)) {
        case 0, 1, 2 -> newOrder(statement);
        case 3, 4, 5 -> moveOrderOn(statement);
        case 6, 7 -> changeCustomer(statement);
        case 8 -> changeStock(statement);
        default -> removeOldest(statement);
      }
    }
  }

  private void newOrder(Statement statement) throws SQLException {
    if (number(statement, "SELECT COUNT(*) FROM inventory.orders") >= MOST_ORDERS) {
      removeOldest(statement);
      return;
    }
    statement.execute(
        "INSERT INTO inventory.orders (customer_id, status, total, placed_at) VALUES (%d, 'NEW', %d.%02d, NOW())"
            .formatted(some(DemoTable.CUSTOMERS), random.nextInt(2000), random.nextInt(100)));
    statement.execute(
        ("INSERT INTO inventory.order_lines (order_id, product_id, quantity, unit_price)"
                + " VALUES (LAST_INSERT_ID(), %d, %d, %d.99)")
            .formatted(some(DemoTable.PRODUCTS), random.nextInt(1, 9), random.nextInt(1, 500)));
  }

  private void moveOrderOn(Statement statement) throws SQLException {
    String status = List.of("PAID", "SHIPPED", "DELIVERED", "CANCELLED").get(random.nextInt(4));
    statement.execute(
        ("UPDATE inventory.orders SET status = '%s', paid_at = COALESCE(paid_at, NOW(6))"
                + " WHERE id >= %d ORDER BY id LIMIT 1")
            .formatted(
                status,
                number(statement, "SELECT MIN(id) FROM inventory.orders") + random.nextInt(2000)));
  }

  private void changeCustomer(Statement statement) throws SQLException {
    statement.execute(
        "UPDATE inventory.customers SET loyalty_points = loyalty_points + %d, balance = balance + 0.25 WHERE id = %d"
            .formatted(random.nextInt(1, 50), some(DemoTable.CUSTOMERS)));
  }

  private void changeStock(Statement statement) throws SQLException {
    statement.execute(
        "UPDATE inventory.products SET stock = %d, views = views + 1 WHERE id = %d"
            .formatted(random.nextInt(10_000), some(DemoTable.PRODUCTS)));
  }

  private static void removeOldest(Statement statement) throws SQLException {
    long oldest = number(statement, "SELECT COALESCE(MIN(id), 0) FROM inventory.orders");
    statement.execute("DELETE FROM inventory.order_lines WHERE order_id = " + oldest);
    statement.execute("DELETE FROM inventory.orders WHERE id = " + oldest);
  }

  private int some(DemoTable table) {
    return table.firstId + random.nextInt(table.rows);
  }

  private static long number(Statement statement, String sql) throws SQLException {
    try (ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
