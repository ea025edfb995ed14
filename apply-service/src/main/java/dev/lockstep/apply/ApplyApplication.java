package dev.lockstep.apply;

import dev.lockstep.common.kafka.NativeCompression;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;

/**
 * Starts apply-service. Kafka is reached by {@code lockstep.kafka.*}, so Boot's own is left out.
 */
@SpringBootApplication(exclude = KafkaAutoConfiguration.class)
@ConfigurationPropertiesScan
public class ApplyApplication {
  /** Starts the service; its settings are Spring Boot properties. */
  public static void main(String[] args) {
    NativeCompression.load();
    SpringApplication.run(ApplyApplication.class, args);
  }
}
