package dev.lakebed.storage.metadata.postgres;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Settings of the embedded server, given on its command line so that no file can undo them. */
final class ServerOptions {
  private static final Map<String, String> FIXED = fixed();

  private ServerOptions() {}

  /**
   * As arguments of the server.
   *
   * @param more options of this start, a name and a value each
   */
  static List<String> arguments(List<String> more) {
    List<String> arguments = new ArrayList<>();
    FIXED.forEach((name, value) -> arguments.addAll(List.of("-c", name + "=" + value)));
    more.forEach(option -> arguments.addAll(List.of("-c", option)));
    return arguments;
  }

  private static Map<String, String> fixed() {
    Map<String, String> options = new LinkedHashMap<>();
    // What was acknowledged survives power loss.
    options.put("fsync", "on");
    options.put("synchronous_commit", "on");
    options.put("full_page_writes", "on");
    options.put("data_sync_retry", "off");
    options.put("password_encryption", "scram-sha-256");
    options.put("max_connections", "100");
    options.put("shared_buffers", "128MB");
    options.put("effective_cache_size", "1GB");
    options.put("work_mem", "8MB");
    options.put("maintenance_work_mem", "64MB");
    options.put("wal_compression", "on");
    options.put("wal_buffers", "16MB");
    options.put("wal_level", "replica");
    // Few, slow checkpoints: steady latency.
    options.put("min_wal_size", "256MB");
    options.put("max_wal_size", "2GB");
    options.put("checkpoint_timeout", "15min");
    options.put("checkpoint_completion_target", "0.9");
    options.put("recovery_init_sync_method", "syncfs");
    options.put("autovacuum_vacuum_scale_factor", "0.05");
    options.put("autovacuum_analyze_scale_factor", "0.02");
    options.put("random_page_cost", "1.1");
    options.put("jit", "off");
    options.put("max_parallel_workers_per_gather", "0");
    options.put("max_logical_replication_workers", "0");
    options.put("io_method", "sync");
    options.put("timezone", "UTC");
    options.put("log_timezone", "UTC");
    options.put("log_destination", "stderr");
    options.put("logging_collector", "off");
    options.put("log_checkpoints", "off");
    // Statements can hold names of customers' objects; the caller logs what failed.
    options.put("log_min_error_statement", "panic");
    options.put("log_error_verbosity", "terse");
    options.put("log_min_messages", "warning");
    options.put("log_line_prefix", "");
    options.put("cluster_name", "lakebed");
    options.put("update_process_title", "off");
    return options;
  }
}
