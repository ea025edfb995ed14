package dev.lockstep.apply.clickhouse;

import com.clickhouse.client.api.Client;
import com.clickhouse.client.api.command.CommandResponse;
import com.clickhouse.client.api.command.CommandSettings;
import com.clickhouse.client.api.insert.InsertResponse;
import com.clickhouse.client.api.insert.InsertSettings;
import com.clickhouse.client.api.query.GenericRecord;
import com.clickhouse.client.api.query.QuerySettings;
import com.clickhouse.data.ClickHouseFormat;
import dev.lockstep.apply.errors.ApplyFault;
import dev.lockstep.apply.settings.ClickHouseSettings;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The target server. Every failure comes as an {@link ApplyFault}. */
public final class ClickHouse implements AutoCloseable {
  /** A table of 1,017 columns with names and comments as long as MySQL allows takes 4 MB. */
  private static final String LONGEST_STATEMENT = "16777216";

  private static final int FEW = 8;

  private final Hosts hosts;
  private final long limitMillis;
  private final @Nullable String cluster;
  private final boolean replicates;

  /** For few requests at a time. */
  public ClickHouse(ClickHouseSettings settings) {
    this(settings, FEW);
  }

  /**
   * Connects at the first use, not here.
   *
   * @param connections how many requests may be under way at a time
   */
  public ClickHouse(ClickHouseSettings settings, int connections) {
    this.limitMillis = settings.requestTimeout().toMillis();
    this.hosts = new Hosts(settings, connections);
    this.cluster = settings.cluster();
    this.replicates = settings.replicates();
  }

  /**
   * The host that is used now. When it becomes another, what was prepared on the one before may not
   * be there yet.
   */
  public String host() {
    return hosts.current();
  }

  /** The cluster on whose hosts tables are made; null for the host that is asked alone. */
  public @Nullable String cluster() {
    return cluster;
  }

  /** Whether what one host has taken comes to the others by ClickHouse itself. */
  public boolean replicates() {
    return replicates;
  }

  /** Writes rows of RowBinary; it may be asked to do so again. */
  public interface Rows {
    /** Writes all of them. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Inserts rows; when it returns they are visible.
   *
   * @param count how many there are
   * @return how many ClickHouse says that it wrote, those of materialized views included; the count
   *     where it does not say
   */
  public long insert(InsertTarget target, Rows rows, int count) {
    InsertSettings settings =
        new InsertSettings()
            .serverSetting("async_insert", "0")
            .serverSetting("insert_deduplicate", "0")
            .serverSetting("send_progress_in_http_headers", "0")
            .serverSetting("input_format_skip_unknown_fields", "0")
            .serverSetting("input_format_binary_read_json_as_string", "1")
            .serverSetting("input_format_try_infer_dates", "0")
            .serverSetting("input_format_try_infer_datetimes", "0");
    return hosts.ask(client -> insert(client, target, rows, count, settings));
  }

  private long insert(
      Client client, InsertTarget target, Rows rows, int count, InsertSettings settings) {
    try (InsertResponse response =
        await(
            () ->
                client.insert(
                    target.table(),
                    out -> {
                      target.writeHeader(out);
                      rows.writeTo(out);
                    },
                    ClickHouseFormat.RowBinaryWithNames,
                    settings),
            ClickHouseFaults::ofInsert)) {
      return response.getWrittenRows() > 0 ? response.getWrittenRows() : count;
    }
  }

  /** Runs a statement that gives no rows. */
  public void execute(String sql) {
    var settings = new CommandSettings();
    settings.serverSetting("max_query_size", LONGEST_STATEMENT);
    hosts.ask(client -> execute(client, sql, settings));
  }

  @SuppressWarnings("try") // its close declares any exception and throws none that matters
  private long execute(Client client, String sql, CommandSettings settings) {
    try (CommandResponse response =
        await(() -> client.execute(sql, settings), ClickHouseFaults::of)) {
      return response.getServerTime();
    } catch (ApplyFault e) {
      throw e;
    } catch (Exception e) {
      throw ClickHouseFaults.of(e);
    }
  }

  /** Runs a query and gives its rows. */
  public List<GenericRecord> query(String sql) {
    return hosts.ask(client -> query(client, sql));
  }

  private static List<GenericRecord> query(Client client, String sql) {
    try {
      return client.queryAll(sql, new QuerySettings());
    } catch (RuntimeException e) {
      throw ClickHouseFaults.of(e);
    }
  }

  /** Empty when it answers, else why not. */
  public Optional<String> problem() {
    try {
      execute("SELECT 1");
      return Optional.empty();
    } catch (ApplyFault e) {
      return Optional.of(e.reason());
    }
  }

  private interface Request<T> {
    CompletableFuture<T> send();
  }

  private <T> T await(Request<T> request, Function<Throwable, ApplyFault> faults) {
    try {
      return request.send().get(limitMillis, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException | RuntimeException e) {
      throw faults.apply(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ClickHouseFaults.of(new InterruptedIOException("interrupted"));
    }
  }

  @Override
  public void close() {
    hosts.close();
  }
}
