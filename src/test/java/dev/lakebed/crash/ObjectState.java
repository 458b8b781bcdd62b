package dev.lakebed.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * What one object must be: as last acknowledged or, while a request has no answer yet, as that
 * request would make it. Has one writer.
 */
final class ObjectState {
  /** A CompleteMultipartUpload that was sent. */
  record Completion(String uploadId, List<CompletedPart> parts) {}

  /**
   * A write without an answer yet.
   *
   * @param outcome what the object becomes, empty for a delete
   */
  private record Attempt(Optional<Version> outcome, Optional<Completion> completion) {}

  private final String bucket;
  private final String key;
  private Optional<Version> acknowledged = Optional.empty();
  private Optional<Attempt> attempt = Optional.empty();

  ObjectState(String bucket, String key) {
    this.bucket = bucket;
    this.key = key;
  }

  String bucket() {
    return bucket;
  }

  String key() {
    return key;
  }

  Optional<Version> acknowledged() {
    return acknowledged;
  }

  void writing(Version outcome) {
    attempt = Optional.of(new Attempt(Optional.of(outcome), Optional.empty()));
  }

  void completing(Version outcome, Completion completion) {
    attempt = Optional.of(new Attempt(Optional.of(outcome), Optional.of(completion)));
  }

  void deleting() {
    attempt = Optional.of(new Attempt(Optional.empty(), Optional.empty()));
  }

  /** The write was answered with success. */
  void done() {
    acknowledged = attempt.orElseThrow().outcome();
    attempt = Optional.empty();
  }

  /** The write was refused. */
  void refused() {
    attempt = Optional.empty();
  }

  /**
   * Checks what a restarted server has, which is the truth from now on.
   *
   * @return the completion that was lost, if there was one
   */
  Optional<Completion> settle(Optional<Version> found) {
    if (attempt.isEmpty()) {
      assertThat(found).as("acknowledged %s", key).isEqualTo(acknowledged);
      return Optional.empty();
    }
    assertThat(found)
        .as("unacknowledged write of %s: old or new, whole", key)
        .isIn(acknowledged, attempt.get().outcome());
    Optional<Completion> lost =
        found.equals(attempt.get().outcome()) ? Optional.empty() : attempt.get().completion();
    if (lost.isEmpty()) {
      acknowledged = found;
      attempt = Optional.empty();
    }
    return lost;
  }
}
