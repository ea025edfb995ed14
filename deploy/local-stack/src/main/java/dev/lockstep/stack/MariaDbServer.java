package dev.lockstep.stack;

/**
 * A MariaDB server, with an account that may do everything. It speaks MySQL's protocol, and is
 * reached with MySQL's driver.
 */
public interface MariaDbServer extends MySqlServer {
  @Override
  default String name() {
    return "mariadb";
  }
}
