/** How many parts the target tables have, which ClickHouse has to merge. */
@NullMarked
package dev.lockstep.apply.parts;

import org.jspecify.annotations.NullMarked;
