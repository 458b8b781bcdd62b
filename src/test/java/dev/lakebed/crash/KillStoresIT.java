package dev.lakebed.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.support.Evidence;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * As {@link KillHardIT}, with the S3 operations on the stores only, so that a round is cheap, and
 * with a walk through database and volume after every kill. {@code -Dlakebed.crash.rounds=200}
 * makes a longer test of it.
 */
@Evidence({"promise-1", "promise-2"})
class KillStoresIT {
  private static final int ROUNDS = Integer.getInteger("lakebed.crash.rounds", 6);
  private static final int FEWEST_WRITES = 1;
  private static final int MOST_WRITES = 120;

  @Test
  void everything_named_is_readable_and_equal_and_no_file_is_unnamed_after_every_kill(
      @TempDir Path directory, TestReporter reporter) throws Exception {
    Path data = DataDirectories.under(directory);
    long seed = Long.getLong("lakebed.crash.seed", ROUNDS);
    SplittableRandom random = new SplittableRandom(seed);
    MixedLoad load = MixedLoad.ofObjects();
    try (StoreProcess server = StoreProcess.serve(data);
        Clients clients = Clients.plain(server.endpoint())) {
      load.prepare(clients);
    }
    for (int round = 1; round <= ROUNDS; round++) {
      boolean databaseToo = random.nextBoolean();
      int writes = random.nextInt(FEWEST_WRITES, MOST_WRITES);
      try (StoreProcess server = StoreProcess.serve(data);
          Clients clients = Clients.plain(server.endpoint())) {
        reporter.publishEntry("round " + round, server.walked() + " after " + server.startTime());
        load.verify(clients);
        load.abortLeftUploads(clients.s3());
        load.runUntilPowerFails(clients, writes, () -> server.killHard(data, databaseToo));
      }
    }
    try (StoreProcess server = StoreProcess.serve(data);
        Clients clients = Clients.plain(server.endpoint())) {
      load.verify(clients);
      load.removeAll(clients);
    }
    try (StoreProcess server = StoreProcess.serve(data)) {
      assertThat(server.walked()).startsWith("walked 0 objects, 0 parts");
    }
    StoreProcess empty = StoreProcess.serve(data);
    empty.close();
    assertThat(empty.walked()).isEqualTo("walked 0 objects, 0 parts, 0 files");
  }
}
