package dev.lockstep.admin;

import dev.lockstep.admin.connect.BodyLimit;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.tags.Tag;
import java.util.List;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.springframework.boot.tomcat.TomcatConnectorCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.filter.UrlHandlerFilter;

/** How HTTP requests come in and how they are documented. */
@Configuration(proxyBeanMethods = false)
class WebConfiguration {
  /** Debezium's tutorial posts to {@code /connectors/}. */
  @Bean
  FilterRegistrationBean<UrlHandlerFilter> trailingSlash() {
    var filter =
        UrlHandlerFilter.trailingSlashHandler("/connectors/**", "/connector-plugins/**", "/api/**")
            .wrapRequest()
            .build();
    var registration = new FilterRegistrationBean<>(filter);
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
    return registration;
  }

  @Bean
  FilterRegistrationBean<BodyLimit> bodyLimit() {
    var registration = new FilterRegistrationBean<>(new BodyLimit());
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
    return registration;
  }

  /** A name with an encoded slash or backslash gets our answer, not Tomcat's page. */
  @Bean
  TomcatConnectorCustomizer encodedSlashes() {
    return connector -> {
      connector.setEncodedSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue());
      connector.setEncodedReverseSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue());
    };
  }

  @Bean
  OpenAPI openApi() {
    return new OpenAPI()
        .info(
            new Info()
                .title("Lockstep admin-service")
                .version("1")
                .description(
                    "Connectors and tables of a Lockstep suite, which keeps ClickHouse in step with"
                        + " MySQL through Debezium and Kafka. The Kafka Connect calls take what any"
                        + " Debezium MySQL tutorial posts, and answer errors as Kafka Connect does;"
                        + " what is under /api/v1 answers errors as RFC 9457 problems. Times are"
                        + " ISO-8601 in UTC. Secrets are never given back."))
        .tags(
            List.of(
                new Tag()
                    .name("Kafka Connect")
                    .description("Kafka Connect's own calls, with Debezium's own config keys"),
                new Tag().name("Lockstep").description("What the suite is doing")));
  }

  /** What every operation can answer besides its own. */
  @Bean
  CommonErrors commonErrors() {
    return new CommonErrors();
  }
}
