package dev.lockstep.apply;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts apply-service. */
@SpringBootApplication
public class ApplyApplication {
  /** Starts the service; its settings are Spring Boot properties. */
  public static void main(String[] args) {
    SpringApplication.run(ApplyApplication.class, args);
  }
}
