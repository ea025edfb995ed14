@NullMarked
package dev.lockstep.apply.commit;

import org.jspecify.annotations.NullMarked;
