package dev.lakebed.kit;

import dev.lakebed.storage.metadata.MetadataUnavailableException;
import dev.lakebed.storage.metadata.iam.Revocations;
import dev.lakebed.storage.metadata.iam.Revocations.Revocation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Revocations in memory; the table of several nodes. */
public final class MemoryRevocations implements Revocations {
  private final List<Revocation> all = new ArrayList<>();

  /** Whether the database does not answer to writes. */
  public boolean away;

  @Override
  public synchronized void add(Revocation revocation, String by) {
    if (away) {
      throw new MetadataUnavailableException("away");
    }
    all.add(revocation);
  }

  @Override
  public synchronized List<Revocation> inForce(Instant now) {
    return all.stream().filter(revocation -> revocation.until().isAfter(now)).toList();
  }

  @Override
  public synchronized void forgetBefore(Instant now) {
    all.removeIf(revocation -> !revocation.until().isAfter(now));
  }
}
