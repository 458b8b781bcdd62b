package dev.lakebed.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Stores one small object again and again, without a second try, and takes the time. */
record SignedClient(URI presignedPut) {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** The 99th percentile of the time of a request, in microseconds; each must succeed. */
  long run(Duration length) throws IOException, InterruptedException {
    List<Long> times = new ArrayList<>();
    long end = System.nanoTime() + length.toNanos();
    while (System.nanoTime() < end) {
      long began = System.nanoTime();
      HttpResponse<String> answer =
          HTTP.send(
              HttpRequest.newBuilder(presignedPut)
                  .PUT(HttpRequest.BodyPublishers.ofByteArray(new byte[4096]))
                  .timeout(Duration.ofSeconds(60))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      times.add(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - began));
    }
    Collections.sort(times);
    return times.get(times.size() * 99 / 100);
  }
}
