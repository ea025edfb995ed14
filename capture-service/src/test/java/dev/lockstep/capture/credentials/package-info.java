@NullMarked
package dev.lockstep.capture.credentials;

import org.jspecify.annotations.NullMarked;
