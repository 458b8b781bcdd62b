package dev.lakebed.ops;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.function.DoubleSupplier;

/** What the blob store and the database count themselves, asked when the page is made. */
public final class StorageMetrics {
  private final PrometheusRegistry registry;

  /** Registers there. */
  public StorageMetrics(PrometheusRegistry registry) {
    this.registry = registry;
  }

  /**
   * The groups of blobs that were made durable by one call.
   *
   * @param groups number of groups since the start
   * @param records blobs in them
   */
  public void commits(DoubleSupplier groups, DoubleSupplier records) {
    counter("lakebed_commit_groups_total", "Groups of blobs made durable by one call", groups);
    counter("lakebed_commit_records_total", "Blobs in these groups", records);
  }

  /**
   * The work of the metadata database.
   *
   * @param operations reads and transactions since the start
   * @param seconds time they took, waiting for a connection included
   */
  public void database(DoubleSupplier operations, DoubleSupplier seconds) {
    counter("lakebed_database_operations_total", "Reads and transactions", operations);
    counter(
        "lakebed_database_seconds_total",
        "Time of reads and transactions, waiting for a connection included",
        seconds);
  }

  /**
   * The audit trail.
   *
   * @param written lines written since the start
   * @param lost records that could not be written
   */
  public void audit(DoubleSupplier written, DoubleSupplier lost) {
    counter("lakebed_audit_records_total", "Lines written to the audit trail", written);
    counter("lakebed_audit_lost_total", "Records that the audit trail could not take", lost);
  }

  private void counter(String name, String help, DoubleSupplier value) {
    CounterWithCallback.builder()
        .name(name)
        .help(help)
        .callback(callback -> callback.call(value.getAsDouble()))
        .register(registry);
  }
}
