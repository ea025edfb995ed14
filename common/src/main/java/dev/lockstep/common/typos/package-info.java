/** What someone who mistyped a name may have meant. */
@NullMarked
package dev.lockstep.common.typos;

import org.jspecify.annotations.NullMarked;
