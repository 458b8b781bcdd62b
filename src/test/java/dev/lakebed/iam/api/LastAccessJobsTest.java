package dev.lakebed.iam.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.iam.api.LastAccessJobs.LastAccessJob;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Reports that wait to be fetched take a bounded part of the heap: docs/operations.md. */
class LastAccessJobsTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final LastAccessJobs jobs = new LastAccessJobs(400);

  private static LastAccessJob job(String owner, Instant created, long size) {
    return new LastAccessJob(owner, created, List.of("s3"), List.of(), size);
  }

  private String add(String account, long size) {
    return jobs.add(account, job(account, NOW, size)).orElseThrow();
  }

  private boolean has(String account, String id) {
    return jobs.find(account, id, NOW).isPresent();
  }

  @Test
  void the_oldest_jobs_of_an_account_make_room_for_its_new_ones() {
    String other = add("b", 50);
    String first = add("a", 50);
    String second = add("a", 50);
    assertThat(has("a", first)).isTrue();
    String third = add("a", 50);
    assertThat(has("a", first)).isFalse();
    assertThat(has("a", second)).isTrue();
    assertThat(has("a", third)).isTrue();
    assertThat(has("b", other)).as("of another account").isTrue();
  }

  @Test
  void thousands_of_jobs_of_one_account_leave_only_what_fits() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      ids.add(add("a", 10));
    }
    assertThat(ids.stream().filter(id -> has("a", id)))
        .containsExactlyElementsOf(ids.subList(4990, 5000));
  }

  @Test
  void when_there_is_no_room_the_account_that_holds_most_gives_way() {
    String small = add("small", 20);
    String large = add("a", 100);
    add("b", 90);
    add("c", 95);
    String late = add("d", 100);
    assertThat(has("small", small)).isTrue();
    assertThat(has("d", late)).isTrue();
    assertThat(has("a", large)).isFalse();
  }

  @Test
  void a_job_larger_than_the_share_of_an_account_is_not_kept() {
    String kept = add("a", 50);
    assertThat(jobs.add("a", job("a", NOW, 101))).isEmpty();
    assertThat(has("a", kept)).isTrue();
  }

  @Test
  void a_job_is_found_for_an_hour_and_by_its_account_only() {
    String id = add("a", 50);
    assertThat(has("b", id)).isFalse();
    assertThat(jobs.find("a", id, NOW.plus(Duration.ofHours(1)))).isPresent();
    assertThat(jobs.find("a", id, NOW.plus(Duration.ofHours(1)).plusMillis(1))).isEmpty();
    assertThat(jobs.find("a", id, NOW)).as("it was dropped").isEmpty();
  }
}
