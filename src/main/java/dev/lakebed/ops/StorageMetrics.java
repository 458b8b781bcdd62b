package dev.lakebed.ops;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.function.DoubleSupplier;

/** What the blob store and the database count themselves, asked when the page is made. */
public record StorageMetrics(PrometheusRegistry registry) {
  public void commits(DoubleSupplier groups, DoubleSupplier records) {
    counter("lakebed_commit_groups_total", "Groups of blobs made durable by one call", groups);
    counter("lakebed_commit_records_total", "Blobs in these groups", records);
  }

  public void database(DoubleSupplier operations, DoubleSupplier seconds) {
    counter("lakebed_database_operations_total", "Reads and transactions", operations);
    counter(
        "lakebed_database_seconds_total",
        "Time of reads and transactions, waiting for a connection included",
        seconds);
  }

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
