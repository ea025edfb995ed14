package com.github.shyiko.mysql.binlog.event.deserialization;

import com.github.shyiko.mysql.binlog.event.QueryEventData;
import com.github.shyiko.mysql.binlog.io.ByteArrayInputStream;
import dev.lockstep.capture.charsets.StatementText;
import dev.lockstep.capture.ddl.SqlMode;
import dev.lockstep.capture.ddl.StatementQuotes;
import dev.lockstep.capture.exact.ReplacesDebezium;
import java.io.IOException;
import org.jspecify.annotations.NullMarked;

/**
 * Reads statements from the binlog, each in the character set and the {@code sql_mode} of the
 * client that sent it. The binlog client's own takes all of them for UTF-8 and of one mode, which
 * garbles names, options of ENUM and SET, and defaults.
 */
@NullMarked
@ReplacesDebezium
public class QueryEventDataDeserializer implements EventDataDeserializer<QueryEventData> {
  @Override
  public QueryEventData deserialize(ByteArrayInputStream in) throws IOException {
    QueryEventData event = new QueryEventData();
    event.setThreadId(in.readLong(4));
    event.setExecutionTime(in.readLong(4));
    in.readInteger(1); // the length of the database's name, which ends with a zero too
    event.setErrorCode(in.readInteger(2));
    byte[] status = in.read(in.readInteger(2));
    event.setDatabase(in.readZeroTerminatedString());
    String statement = StatementText.decode(status, in.read(in.available()));
    event.setSql(StatementQuotes.inEveryMode(statement, SqlMode.of(status)));
    return event;
  }
}
