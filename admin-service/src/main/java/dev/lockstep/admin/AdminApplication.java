package dev.lockstep.admin;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts admin-service. */
@SpringBootApplication
public class AdminApplication {
  /** Starts the service; its settings are Spring Boot properties. */
  public static void main(String[] args) {
    SpringApplication.run(AdminApplication.class, args);
  }
}
