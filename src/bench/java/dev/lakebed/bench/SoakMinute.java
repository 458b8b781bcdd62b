package dev.lakebed.bench;

import java.util.List;
import java.util.Optional;

/**
 * One line of a soak run. Memory and disk are what the server used at the end of the minute.
 *
 * @param server memory of the server's process in KiB; empty when it is gone
 * @param others memory of its descendants and of the other processes named
 * @param liveHeap MiB of the Java heap in use after a collection, when one was asked for
 * @param diskBytes length of the files below the watched directory
 */
record SoakMinute(
    Measurement load,
    Optional<Footprint> server,
    Footprint others,
    Optional<Long> liveHeap,
    long diskBytes) {
  static final String HEADER =
      "time,operations,errors,p50Millis,p99Millis,serverCpuMicrosPerOperation,serverResidentMiB,"
          + "databaseResidentMiB,allProportionalMiB,liveHeapMiB,diskMiB";

  long errors() {
    return load.errors().values().stream().mapToLong(Long::longValue).sum();
  }

  double serverResident() {
    return mebibytes(server.map(Footprint::resident).orElse(0L));
  }

  double databaseResident() {
    return mebibytes(others.resident());
  }

  /** Of the server and the others together, a shared page counted once. */
  double proportional() {
    return mebibytes(others.plus(server.orElse(new Footprint(0, 0))).proportional());
  }

  double p99() {
    return load.latency().p99() / 1000.0;
  }

  double disk() {
    return mebibytes(diskBytes >> 10);
  }

  private static double mebibytes(long kibibytes) {
    return kibibytes / 1024.0;
  }

  /** As a line of comma-separated values, in the order of {@link #HEADER}. */
  String line() {
    return String.join(
        ",",
        List.of(
            load.at().toString(),
            Long.toString(Math.round(load.operations())),
            Long.toString(errors()),
            Figures.millis(load.latency().p50()),
            Figures.number(p99()),
            Figures.number(load.serverCpu()),
            Figures.number(serverResident()),
            Figures.number(databaseResident()),
            Figures.number(proportional()),
            liveHeap.map(String::valueOf).orElse("-"),
            Figures.number(disk())));
  }
}
