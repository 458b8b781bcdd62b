package dev.lakebed.bench;

import dev.lakebed.bench.Measurement.Cell;
import dev.lakebed.bench.Measurement.Latency;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * The first request of a user whom the server has not seen since the last change of identities: it
 * must read the user, the key and the policies. One request at a time; before each batch of
 * different users the administrator changes something, which is not measured.
 */
final class UnseenUsers {
  private static final int BATCH = 50;

  private final Endpoint endpoint;
  private final UserWorkloads workloads;
  private final UserSet users;

  UnseenUsers(Endpoint endpoint, UserWorkloads workloads, UserSet users) {
    this.endpoint = endpoint;
    this.workloads = workloads;
    this.users = users;
  }

  Measurement measure(double seconds) throws IOException {
    Instant at = Instant.now();
    SplittableRandom random = new SplittableRandom(1);
    Recorder recorder = new Recorder();
    double measured = 0;
    try (IamClient iam = new IamClient(endpoint);
        Client client = new Client(endpoint)) {
      while (measured < seconds) {
        iam.call(
            "TagUser",
            "UserName",
            users.name(0),
            "Tags.member.1.Key",
            "changed",
            "Tags.member.1.Value",
            Long.toString(System.nanoTime()));
        int first = random.nextInt(users.size());
        for (int i = 0; i < BATCH; i++) {
          long begin = System.nanoTime();
          workloads.head(client, (first + i) % users.size());
          long nanos = System.nanoTime() - begin;
          recorder.success(nanos, 0, 1);
          measured += nanos / 1e9;
        }
      }
    }
    return new Measurement(
        at,
        endpoint.name(),
        new Cell("HEAD, unseen user", 0, 1),
        measured,
        recorder.operations(),
        0,
        Latency.of(recorder.latencies()),
        recorder.errors(),
        Optional.empty(),
        Optional.empty());
  }
}
