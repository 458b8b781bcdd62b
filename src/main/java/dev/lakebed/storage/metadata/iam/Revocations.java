package dev.lakebed.storage.metadata.iam;

import java.time.Instant;
import java.util.List;

/** The ended sessions, for all nodes. */
public interface Revocations {
  /**
   * Adds a revocation. One of the same kind and subject is replaced; it never ends fewer sessions
   * than before.
   *
   * @param by ARN of whoever ordered it
   */
  void add(Revocation revocation, String by);

  /** All that still matter at that time. */
  List<Revocation> inForce(Instant now);

  /** Forgets those that no longer matter at that time. */
  void forgetBefore(Instant now);

  /**
   * The end of sessions that are out.
   *
   * @param subject ARN of the role or user, or what {@link #session} makes
   * @param before sessions issued before this time are ended; of a single session any time counts
   * @param until when the last session it is about has expired by itself
   */
  public record Revocation(Kind kind, String subject, Instant before, Instant until) {
    /** The ARN of one session, which says the account that may end it. */
    public static String session(String account, String accessKeyId) {
      return "arn:aws:sts::" + account + ":session/" + accessKeyId;
    }

    /** Which sessions. */
    public enum Kind {
      /** One session and those made with it. */
      SESSION,
      /** All sessions of a role and those made with them. */
      ROLE,
      /** All sessions of a user and those made with them. */
      USER
    }
  }
}
