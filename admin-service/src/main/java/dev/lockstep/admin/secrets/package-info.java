/** What of a config is a secret, and how it is hidden and kept. */
@NullMarked
package dev.lockstep.admin.secrets;

import org.jspecify.annotations.NullMarked;
