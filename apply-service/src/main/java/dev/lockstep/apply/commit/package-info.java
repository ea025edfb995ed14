/** How far each partition has been applied, stored with its committed offset. */
@NullMarked
package dev.lockstep.apply.commit;

import org.jspecify.annotations.NullMarked;
