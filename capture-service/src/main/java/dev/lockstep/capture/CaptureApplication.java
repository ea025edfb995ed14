package dev.lockstep.capture;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts capture-service. */
@SpringBootApplication
public class CaptureApplication {
  /** Starts the service; its settings are Spring Boot properties. */
  public static void main(String[] args) {
    SpringApplication.run(CaptureApplication.class, args);
  }
}
