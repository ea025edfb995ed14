/** How far each table has got. */
@NullMarked
package dev.lockstep.admin.tables;

import org.jspecify.annotations.NullMarked;
