package dev.lockstep.stack.demo;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Random;

/** Rows that look like a shop's; the same ones every time. */
final class DemoRows {
  /** Stands for SQL's NULL in a list, which can't hold null. */
  static final Object NULL = new Object();

  private static final List<String> FIRST =
      List.of(
          "Sally", "George", "Edward", "Anne", "Zoë", "José", "Mei", "Amadou", "Ingrid", "Łukasz",
          "Priya", "Noor");
  private static final List<String> LAST =
      List.of(
          "Thomas",
          "Bailey",
          "Walker",
          "Kretchmar",
          "Núñez",
          "Müller",
          "陳",
          "Diallo",
          "Øster",
          "Kowalski",
          "Patel");
  private static final List<String> CITIES =
      List.of("Lisbon", "Köln", "Osaka", "Dakar", "Tromsø", "Łódź", "Pune", "Austin");
  private static final List<String> COUNTRIES =
      List.of("PT", "DE", "JP", "SN", "NO", "PL", "IN", "US");
  private static final List<String> THINGS =
      List.of("scooter", "car battery", "drill bits", "hammer", "rocks", "jacket", "spare tire");
  private static final List<String> STATUS =
      List.of("NEW", "PAID", "SHIPPED", "DELIVERED", "CANCELLED");
  private static final LocalDateTime EPOCH = LocalDateTime.of(2024, 1, 1, 0, 0);

  private final Random random = new Random(20_240_101);

  List<String> columns(DemoTable table) {
    return switch (table) {
      case CUSTOMERS ->
          List.of(
              "first_name",
              "last_name",
              "email",
              "loyalty_points",
              "balance",
              "newsletter",
              "born",
              "preferences",
              "notes",
              "created_at");
      case ADDRESSES ->
          List.of(
              "customer_id",
              "kind",
              "street",
              "city",
              "postcode",
              "country",
              "latitude",
              "longitude");
      case PRODUCTS ->
          List.of(
              "sku",
              "name",
              "description",
              "price",
              "weight",
              "stock",
              "views",
              "active",
              "released",
              "attributes");
      case ORDERS ->
          List.of("customer_id", "status", "total", "express", "comment", "placed_at", "paid_at");
      case ORDER_LINES ->
          List.of("order_id", "product_id", "quantity", "unit_price", "discount", "gift");
    };
  }

  List<Object> row(DemoTable table, int number) {
    return switch (table) {
      case CUSTOMERS -> customer(number);
      case ADDRESSES -> address();
      case PRODUCTS -> product(number);
      case ORDERS -> order();
      case ORDER_LINES -> orderLine();
    };
  }

  private List<Object> customer(int number) {
    return List.of(
        one(FIRST),
        one(LAST),
        "customer%d@example.com".formatted(number + 1),
        random.nextInt(5000),
        cents(100_000),
        random.nextBoolean(),
        orNull(LocalDate.of(1940, 1, 1).plusDays(random.nextInt(25_000))),
        orNull(
            "{\"language\": \"%s\", \"theme\": %d}".formatted(one(COUNTRIES), random.nextInt(5))),
        orNull("Prefers \"%s\";\nasks for\t%s".formatted(one(THINGS), one(CITIES))),
        moment());
  }

  private List<Object> address() {
    int city = random.nextInt(CITIES.size());
    return List.of(
        id(DemoTable.CUSTOMERS),
        one(List.of("BILLING", "SHIPPING", "OTHER")),
        "%d %s Street".formatted(random.nextInt(1, 400), one(LAST)),
        CITIES.get(city),
        "%05d".formatted(random.nextInt(100_000)),
        COUNTRIES.get(city),
        orNull(random.nextDouble(-90, 90)),
        orNull(random.nextDouble(-180, 180)));
  }

  private List<Object> product(int number) {
    return List.of(
        "SKU-%04d".formatted(number + 1),
        "%s no. %d".formatted(one(THINGS), number + 1),
        orNull("A %s, by %s of %s".formatted(one(THINGS), one(LAST), one(CITIES))),
        cents(50_000),
        orNull(random.nextDouble(0.1, 30)),
        random.nextInt(10_000),
        random.nextLong(1L << 40),
        random.nextInt(10) > 0,
        orNull(EPOCH.toLocalDate().plusDays(random.nextInt(700))),
        orNull(
            "{\"colour\": \"%s\", \"sizes\": [1, 2.5, null], \"boxed\": %s}"
                .formatted(one(COUNTRIES), random.nextBoolean())));
  }

  private List<Object> order() {
    return List.of(
        id(DemoTable.CUSTOMERS),
        one(STATUS),
        cents(200_000),
        random.nextInt(5) == 0,
        orNull("Leave it with %s".formatted(one(FIRST))),
        moment().withNano(0),
        orNull(moment()));
  }

  private List<Object> orderLine() {
    return List.of(
        id(DemoTable.ORDERS),
        id(DemoTable.PRODUCTS),
        random.nextInt(1, 20),
        cents(50_000),
        orNull(random.nextInt(0, 40) / 8.0f),
        random.nextInt(8) == 0);
  }

  private int id(DemoTable table) {
    return table.firstId + random.nextInt(table.rows);
  }

  private BigDecimal cents(int bound) {
    return BigDecimal.valueOf(random.nextInt(bound), 2);
  }

  private LocalDateTime moment() {
    return EPOCH
        .plusSeconds(random.nextInt(60_000_000))
        .plusNanos(random.nextInt(1000) * 1_000_000L);
  }

  private Object orNull(Object value) {
    return random.nextInt(6) == 0 ? NULL : value;
  }

  private <T> T one(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }
}
