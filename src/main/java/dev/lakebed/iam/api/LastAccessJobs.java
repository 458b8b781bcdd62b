package dev.lakebed.iam.api;

import dev.lakebed.iam.api.parameter.IamParameter;
import dev.lakebed.operation.query.QueryError;
import dev.lakebed.policy.Policy;
import dev.lakebed.storage.metadata.iam.Entity;
import dev.lakebed.storage.metadata.iam.Entity.Kind;
import dev.lakebed.storage.metadata.iam.LastUses.LastUse;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

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

  /** At most so many bytes of all jobs together, a quarter of it for one account. */
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
      dropOldest(Collections.max(accounts.values(), Comparator.comparingLong(one -> one.held)));
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

  private void dropOldest(OfAccount account) {
    Iterator<LastAccessJob> jobs = account.jobs.values().iterator();
    long size = jobs.next().size();
    jobs.remove();
    account.held -= size;
    held -= size;
  }

  /**
   * What was found out about a user, group, role or policy at one moment, and no more than is told.
   * Only {@code owner}, an ARN, may read it.
   */
  record LastAccessJob(
      String owner,
      Instant created,
      List<String> services,
      List<LastAccessCandidate> principals,
      long size) {
    private static final int MOST = 10_000;
    private static final int ITSELF = 1000;
    private static final List<String> SERVICES = List.of("iam", "s3", "s3tables", "sts");

    static LastAccessJob of(Inventory inventory, IamRequest x) {
      Entity entity = inventory.require(x.require(IamParameter.ARN));
      List<Entity> principals = principals(inventory, entity).distinct().limit(MOST + 1L).toList();
      String tooMany = "The report is made for at most " + MOST + " users and roles";
      NewEntity.refuse(principals.size() > MOST, QueryError.INVALID_INPUT, tooMany);
      List<Policy> policies = policies(inventory, entity);
      Map<String, List<LastUse>> uses =
          inventory.stored().uses().of(principals.stream().map(Entity::id).toList());
      List<LastAccessCandidate> candidates =
          principals.stream()
              .map(one -> LastAccessCandidate.of(one, uses.getOrDefault(one.id(), List.of())))
              .toList();
      return new LastAccessJob(
          x.caller().principal().arn(),
          x.now(),
          SERVICES.stream()
              .filter(service -> policies.stream().anyMatch(policy -> policy.grants(service)))
              .toList(),
          candidates,
          ITSELF + candidates.stream().mapToLong(LastAccessCandidate::size).sum());
    }

    private static Stream<Entity> principals(Inventory inventory, Entity entity) {
      return switch (entity.kind()) {
        case USER, ROLE -> Stream.of(entity);
        case GROUP -> inventory.entities(inventory.stored().members().in(entity.id()));
        case POLICY ->
            inventory.having(entity.arn()).stream().flatMap(one -> principals(inventory, one));
        case ROOT, INSTANCE_PROFILE, OIDC_PROVIDER, SAML_PROVIDER ->
            throw QueryError.INVALID_INPUT.because(
                "The ARN must name a user, group, role or policy.");
      };
    }

    private static List<Policy> policies(Inventory inventory, Entity entity) {
      List<PolicySource> sources =
          entity.kind() == Kind.POLICY
              ? List.of(PolicySource.managed(inventory, entity, entity.arn()))
              : PolicySource.of(inventory, entity);
      return sources.stream().map(PolicySource::policy).toList();
    }

    /** Who could use a service, the latest use first. */
    List<LastAccessCandidate> candidates(String service) {
      return services.contains(service)
          ? principals.stream()
              .sorted(
                  Comparator.comparing((LastAccessCandidate one) -> one.at(service))
                      .reversed()
                      .thenComparing(LastAccessCandidate::arn))
              .toList()
          : List.of();
    }

    /** Who did use it, the latest first. */
    List<LastAccessCandidate> users(String service) {
      return candidates(service).stream().filter(one -> one.use(service).isPresent()).toList();
    }
  }

  /** A user or role with everything that it used, as far as a report on last use tells it. */
  record LastAccessCandidate(
      Kind kind, String arn, String path, String name, String id, List<LastUse> uses) {
    private static final int ITSELF = 300;
    private static final int USE = 250;

    static LastAccessCandidate of(Entity entity, List<LastUse> uses) {
      return new LastAccessCandidate(
          entity.kind(), entity.arn(), entity.path(), entity.name(), entity.id(), uses);
    }

    Optional<LastUse> use(String service) {
      return uses.stream().filter(use -> use.service().equals(service)).findFirst();
    }

    Instant at(String service) {
      return use(service).map(LastUse::at).orElse(Instant.MIN);
    }

    /** About how many bytes of memory it takes. */
    long size() {
      int texts = arn.length() + path.length() + name.length();
      int regions = uses.stream().mapToInt(use -> use.region().length()).sum();
      return ITSELF + texts + (long) USE * uses.size() + regions;
    }
  }
}
