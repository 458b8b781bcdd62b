package dev.lakebed.iam.api;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The jobs of the last hour, as many as fit into a share of the heap. An account makes room for its
 * new jobs with its oldest ones; when there is none left for all, the account that holds most does.
 */
final class LastAccessJobs {
  private static final Duration KEPT = Duration.ofHours(1);
  private static final int SHARES = 4;

  private final long most;
  private final Map<String, OfAccount> accounts = new HashMap<>();
  private long held;

  /**
   * None yet.
   *
   * @param most bytes of all jobs together; a quarter of it for one account
   */
  LastAccessJobs(long most) {
    this.most = most;
  }

  /** The jobs of one account, the oldest first. */
  private static final class OfAccount {
    private final Map<String, LastAccessJob> jobs = new LinkedHashMap<>();
    private long held;

    private boolean beginsBefore(Instant time) {
      return jobs.values().stream().findFirst().filter(j -> j.created().isBefore(time)).isPresent();
    }
  }

  /** Keeps a job; empty when it is too large to be kept. */
  synchronized Optional<String> add(String account, LastAccessJob job) {
    long size = job.size();
    if (size > most / SHARES) {
      return Optional.empty();
    }
    dropOlderThan(job.created().minus(KEPT));
    OfAccount own = accounts.computeIfAbsent(account, name -> new OfAccount());
    while (own.held + size > most / SHARES) {
      dropOldest(own);
    }
    while (held + size > most) {
      dropOldest(heaviest());
    }
    String id = UUID.randomUUID().toString();
    own.jobs.put(id, job);
    own.held += size;
    held += size;
    return Optional.of(id);
  }

  /** The job, unless it is gone or another account's. */
  synchronized Optional<LastAccessJob> find(String account, String id, Instant now) {
    dropOlderThan(now.minus(KEPT));
    return Optional.ofNullable(accounts.get(account)).map(own -> own.jobs.get(id));
  }

  private void dropOlderThan(Instant oldest) {
    for (OfAccount account : accounts.values()) {
      while (account.beginsBefore(oldest)) {
        dropOldest(account);
      }
    }
    accounts.values().removeIf(account -> account.jobs.isEmpty());
  }

  private OfAccount heaviest() {
    return accounts.values().stream()
        .max(Comparator.comparingLong(account -> account.held))
        .orElseThrow();
  }

  private void dropOldest(OfAccount account) {
    Iterator<LastAccessJob> jobs = account.jobs.values().iterator();
    long size = jobs.next().size();
    jobs.remove();
    account.held -= size;
    held -= size;
  }
}
