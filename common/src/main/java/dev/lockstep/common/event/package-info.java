/** What a data record carries beside Debezium's own key and value. */
@NullMarked
package dev.lockstep.common.event;

import org.jspecify.annotations.NullMarked;
