package dev.lakebed.policy;

/** What counts the steps of evaluations; it can make who has had enough wait, or stop him. */
@FunctionalInterface
public interface Effort {
  /** Counts nothing. */
  Effort FREE = steps -> {};

  /**
   * Steps that were done; one takes about as long as a look at a letter of a text.
   *
   * @throws RuntimeException when there shall be no more
   */
  void spend(long steps);
}
