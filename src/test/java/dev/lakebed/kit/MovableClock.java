package dev.lakebed.kit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that moves when told to. */
public final class MovableClock extends Clock {
  private Clock base;

  private MovableClock(Clock base) {
    this.base = base;
  }

  /** Stands still until it is told. */
  public static MovableClock standing() {
    return new MovableClock(fixed(Instant.parse("2026-11-22T10:00:00.250Z"), ZoneOffset.UTC));
  }

  /** Goes as the clock of the system. */
  public static MovableClock going() {
    return new MovableClock(systemUTC());
  }

  /** Puts it forward. */
  public void advance(Duration by) {
    base = offset(base, by);
  }

  @Override
  public Instant instant() {
    return base.instant();
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException();
  }
}
