/** Opening the control topics as soon as Kafka is there. */
@NullMarked
package dev.lockstep.admin.topics;

import org.jspecify.annotations.NullMarked;
