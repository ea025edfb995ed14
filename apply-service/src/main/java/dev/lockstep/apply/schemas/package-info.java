/** What the control topics say about connectors, table schemas and table mappings. */
@NullMarked
package dev.lockstep.apply.schemas;

import org.jspecify.annotations.NullMarked;
