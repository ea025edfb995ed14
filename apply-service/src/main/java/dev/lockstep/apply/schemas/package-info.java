/** What the control topics say about connectors and table schemas. */
@NullMarked
package dev.lockstep.apply.schemas;

import org.jspecify.annotations.NullMarked;
