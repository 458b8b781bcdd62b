package dev.lakebed.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.support.Evidence;
import dev.lakebed.support.LakebedProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * What was answered with success survives kill -9, what was not answered is there whole or not at
 * all. One data directory goes through all rounds; {@code -Dlakebed.crash.server.rounds=20} makes a
 * longer test of it; {@link KillStoresIT} is the cheap one.
 */
@Evidence({"promise-1", "promise-2", "catalog-L2"})
class KillHardIT {
  private static final int ROUNDS = Integer.getInteger("lakebed.crash.server.rounds", 2);
  private static final int FEWEST_WRITES = 40;
  private static final int MOST_WRITES = 160;

  @Test
  void acknowledged_writes_survive_kill_and_unacknowledged_ones_are_whole_or_absent(
      @TempDir Path directory, TestReporter reporter) throws Exception {
    Path data = DataDirectories.under(directory);
    SplittableRandom random = new SplittableRandom(ROUNDS);
    MixedLoad load = MixedLoad.ofObjectsAndTables();
    StartTimes afterKill = new StartTimes();
    StartTimes afterPowerCut = new StartTimes();
    for (int round = 1; round <= ROUNDS; round++) {
      boolean databaseToo = round % 2 == 0;
      try (LakebedProcess server = serve(data);
          Clients clients = Clients.of(server.endpoint())) {
        if (round == 1) {
          load.prepare(clients);
        } else {
          (databaseToo ? afterKill : afterPowerCut).add(server);
        }
        load.verify(clients);
        load.runUntilPowerFails(
            clients,
            random.nextInt(FEWEST_WRITES, MOST_WRITES),
            () -> kill(server, data, databaseToo));
      }
    }
    try (LakebedProcess server = serve(data);
        Clients clients = Clients.of(server.endpoint())) {
      load.verify(clients);
      load.removeAll(clients);
    }
    reporter.publishEntry("server killed, database left", afterKill.toString());
    reporter.publishEntry("server and database killed", afterPowerCut.toString());
  }

  private static LakebedProcess serve(Path data) throws IOException, InterruptedException {
    return LakebedProcess.serve(
        data, List.of("--config", "src/test/resources/config/seed.json"), Map.of());
  }

  private static void kill(LakebedProcess server, Path data, boolean databaseToo)
      throws IOException, InterruptedException {
    List<ProcessHandle> database = Postgres.processes(data);
    assertThat(database).isNotEmpty();
    ProcessHandle.of(server.pid()).orElseThrow().destroyForcibly();
    if (databaseToo) {
      database.forEach(ProcessHandle::destroyForcibly);
    }
    server.killHard();
  }
}
