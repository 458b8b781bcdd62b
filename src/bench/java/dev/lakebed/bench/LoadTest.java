package dev.lakebed.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whole runs against the responder in this process. */
class LoadTest {
  private Responder responder;
  private Endpoint endpoint;

  @BeforeEach
  void start() throws IOException {
    responder = new Responder(0);
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try {
                responder.serve();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    endpoint =
        Endpoint.parse(
            "name=r,url=http://127.0.0.1:"
                + responder.port()
                + ",access=k,secret=s,pid="
                + ProcessHandle.current().pid());
  }

  @AfterEach
  void stop() throws IOException {
    responder.close();
  }

  @Test
  void successful_operations_are_counted_with_bytes_and_cpu_time() throws Exception {
    ObjectSet objects = ObjectSet.flat(endpoint, "object", 8, Body.random(100));
    Workload get = new ObjectWorkload(Operation.GET, objects, false);
    get.prepare(endpoint, 2);
    Measurement result = load(1000).run(endpoint, get, 2);
    assertThat(result.operations()).isPositive();
    assertThat(result.bytes()).isCloseTo(result.operations() * 100, within(0.01));
    assertThat(result.errors()).isEmpty();
    assertThat(result.latency().p50()).isBetween(1L, result.latency().max());
    assertThat(result.serverCpu()).isPresent();
    assertThat(result.clientCpu().orElseThrow()).isPositive();
  }

  @Test
  void refusals_are_counted_by_code_and_end_the_worker() throws Exception {
    Workload missing = stub(client -> client.call(Outgoing.s3("GET", "/missing/x")).status());
    Measurement result = load(60_000).run(endpoint, missing, 2);
    assertThat(result.operations()).isZero();
    assertThat(result.errors()).containsExactly(Map.entry("404 NoSuchKey", 200L));
  }

  @Test
  void wrong_content_is_an_error() throws Exception {
    ObjectSet objects = ObjectSet.flat(endpoint, "object", 8, Body.random(100));
    Workload get = new ObjectWorkload(Operation.GET, objects, true);
    Measurement result = load(60_000).run(endpoint, get, 1);
    assertThat(result.operations()).isZero();
    assertThat(result.errors()).containsKey("reply body differs near byte 0");
  }

  @Test
  void run_ends_when_the_key_set_is_used_up() throws Exception {
    AtomicInteger left = new AtomicInteger(1000);
    Workload finite =
        stub(
            client ->
                left.getAndDecrement() > 0
                    ? client.call(Outgoing.s3("GET", "/chunked/x")).status()
                    : Workload.EXHAUSTED);
    Measurement result = new Load(Duration.ZERO, Duration.ofMinutes(5)).run(endpoint, finite, 4);
    assertThat(result.operations()).isLessThanOrEqualTo(1000.0);
    assertThat(left.get()).isNegative();
  }

  @Test
  void run_that_ends_in_the_warm_up_says_so() throws Exception {
    Load load = new Load(Duration.ofMinutes(5), Duration.ofMinutes(5));
    Measurement result = load.run(endpoint, stub(client -> Workload.EXHAUSTED), 4);
    assertThat(result.operations()).isZero();
    assertThat(result.errors()).containsExactly(Map.entry("ended in the warm-up", 1L));
  }

  @Test
  void operations_count_with_their_share_of_the_measured_time() {
    Window window = new Window();
    long before = System.nanoTime();
    assertThat(window.share(before, before + 1)).isZero();
    window.open();
    long inside = System.nanoTime();
    assertThat(window.share(inside, inside + 10)).isEqualTo(1);
    window.close();
    long after = System.nanoTime();
    double whole = window.share(before, after);
    assertThat(whole).isCloseTo(window.seconds() * 1e9 / (after - before), within(1e-9));
    assertThat(window.share(after, after + 10)).isZero();
  }

  @Test
  void session_policy_has_the_length_asked_for() {
    assertThat(AssumeRoleWorkload.policy("bucket").length()).isBetween(2046, 2048);
  }

  @Test
  void cpu_time_includes_children_and_is_unknown_for_a_process_that_is_gone() throws Exception {
    String stat = "12 (a ) b) S 7 1 1 0 -1 4194560 1 2 3 4 50 25 3 2 20 0 1";
    assertThat(CpuTime.Stat.parse(stat)).isEqualTo(new CpuTime.Stat(7, 80));
    assertThat(CpuTime.micros(List.of(ProcessHandle.current().pid()))).isPresent();
    assertThat(CpuTime.micros(List.of(Long.MAX_VALUE))).isEmpty();
    assertThat(CpuTime.micros(List.of())).isEmpty();
  }

  private static Load load(long millis) {
    return new Load(Duration.ZERO, Duration.ofMillis(millis));
  }

  private static Workload stub(Workload.Task task) {
    return new Workload() {
      @Override
      public String operation() {
        return "GET";
      }

      @Override
      public int size() {
        return 0;
      }

      @Override
      public void prepare(Endpoint endpoint, int workers) {}

      @Override
      public Task task(int worker, int workers) {
        return task;
      }

      @Override
      public void cleanUp(Endpoint endpoint) {}
    };
  }
}
