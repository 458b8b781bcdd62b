package dev.lakebed.crash;

import dev.lakebed.support.Evidence;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many clients read, write, copy, complete, list and delete the same few keys, and a bucket that
 * goes and comes; the server is killed in between. Every key behaves as if one thing happened after
 * the other. {@code -Dlakebed.history.answers=20000} makes a longer test of it.
 */
@Evidence({"promise-1", "promise-2", "promise-3", "promise-4"})
class SharedKeysIT {
  private static final int ROUNDS = 3;
  private static final int ANSWERS = Integer.getInteger("lakebed.history.answers", 1200);

  @Test
  void every_history_of_a_key_can_be_explained_also_across_kills(
      @TempDir Path directory, TestReporter reporter) throws Exception {
    Path data = DataDirectories.under(directory);
    SplittableRandom random = new SplittableRandom(Long.getLong("lakebed.crash.seed", ANSWERS));
    SharedKeys keys = new SharedKeys();
    for (int round = 0; round < ROUNDS; round++) {
      try (StoreProcess server = StoreProcess.serve(data);
          Clients clients = Clients.plain(server.endpoint())) {
        if (round == 0) {
          SharedKeys.prepare(clients);
        }
        boolean databaseToo = random.nextBoolean();
        keys.runUntilPowerFails(
            clients, random.nextLong(), ANSWERS / ROUNDS, () -> server.killHard(data, databaseToo));
      }
    }
    try (StoreProcess server = StoreProcess.serve(data);
        Clients clients = Clients.plain(server.endpoint())) {
      keys.run(clients, random.nextLong(), ANSWERS);
    }
    reporter.publishEntry("steps", Integer.toString(keys.size()));
    keys.verify();
  }
}
