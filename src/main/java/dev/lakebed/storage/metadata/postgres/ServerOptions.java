package dev.lakebed.storage.metadata.postgres;

import java.util.List;
import java.util.stream.Stream;

/** Settings of the embedded server, given on its command line so that no file can undo them. */
final class ServerOptions {
  private static final List<String> FIXED =
      List.of(
          // What was acknowledged survives power loss.
          "fsync=on",
          "synchronous_commit=on",
          "full_page_writes=on",
          "data_sync_retry=off",
          "password_encryption=scram-sha-256",
          "max_connections=100",
          "shared_buffers=128MB",
          "effective_cache_size=1GB",
          "work_mem=8MB",
          "maintenance_work_mem=64MB",
          "wal_compression=on",
          "wal_buffers=16MB",
          "wal_level=replica",
          // Few, slow checkpoints: steady latency.
          "min_wal_size=256MB",
          "max_wal_size=2GB",
          "checkpoint_timeout=15min",
          "checkpoint_completion_target=0.9",
          "recovery_init_sync_method=syncfs",
          "autovacuum_vacuum_scale_factor=0.05",
          "autovacuum_analyze_scale_factor=0.02",
          "random_page_cost=1.1",
          "jit=off",
          "max_parallel_workers_per_gather=0",
          "max_logical_replication_workers=0",
          "io_method=sync",
          "timezone=UTC",
          "log_timezone=UTC",
          "log_destination=stderr",
          "logging_collector=off",
          "log_checkpoints=off",
          // Statements can hold names of customers' objects; the caller logs what failed.
          "log_min_error_statement=panic",
          "log_error_verbosity=terse",
          "log_min_messages=warning",
          "log_line_prefix=",
          "cluster_name=lakebed",
          "update_process_title=off");

  private ServerOptions() {}

  /** As arguments of the server, with more options of this start. */
  static List<String> arguments(List<String> more) {
    return Stream.concat(FIXED.stream(), more.stream())
        .flatMap(option -> Stream.of("-c", option))
        .toList();
  }
}
