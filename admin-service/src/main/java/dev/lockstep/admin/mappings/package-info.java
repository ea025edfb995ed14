/** Table mappings: read, checked, stored, and published to Kafka. */
@NullMarked
package dev.lockstep.admin.mappings;

import org.jspecify.annotations.NullMarked;
