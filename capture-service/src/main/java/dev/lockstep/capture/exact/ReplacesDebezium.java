package dev.lockstep.capture.exact;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a class of Lockstep that stands in for one with the same name of Debezium's, its binlog
 * client's or Connector/J's: it is loaded in its place because application classes come before
 * libraries on the class path.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface ReplacesDebezium {}
