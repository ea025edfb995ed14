/** Source table schemas, as they travel in the schemas topic. */
@NullMarked
package dev.lockstep.common.schema;

import org.jspecify.annotations.NullMarked;
