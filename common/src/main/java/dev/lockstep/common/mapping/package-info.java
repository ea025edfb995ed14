/** Table mappings: how source tables become target tables. */
@NullMarked
package dev.lockstep.common.mapping;

import org.jspecify.annotations.NullMarked;
