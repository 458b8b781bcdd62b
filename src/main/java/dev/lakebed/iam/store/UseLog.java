package dev.lakebed.iam.store;

import dev.lakebed.auth.Authenticated;
import dev.lakebed.auth.Authenticated.SignedScope;
import dev.lakebed.auth.Principal;
import dev.lakebed.iam.session.SessionTokens;
import dev.lakebed.storage.metadata.MetadataUnavailableException;
import dev.lakebed.storage.metadata.iam.IamStore;
import dev.lakebed.storage.metadata.iam.LastUses.LastUse;
import dev.lakebed.task.Outage;
import dev.lakebed.task.PeriodicTimer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Collects when keys and principals were used and writes it now and then, so that a request costs
 * no write. What is collected and not yet written is lost when the server is killed.
 */
public final class UseLog implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(UseLog.class.getName());
  private static final int MOST = 10_000;
  private static final Duration INTERVAL = Duration.ofSeconds(10);

  /** The same on every server, so that they do not lock each other out. */
  private static final Comparator<LastUse> ORDER =
      Comparator.comparing(LastUse::id).thenComparing(LastUse::service);

  private final IamStore store;
  private final Outage outage =
      new Outage(
          LOG,
          "last uses of keys are not written yet",
          MetadataUnavailableException.class,
          System::nanoTime);
  private final Map<Slot, LastUse> pending = new ConcurrentHashMap<>();
  private final PeriodicTimer timer = new PeriodicTimer("lakebed-iam-uses");

  private static final int MOST_REGION = 64;
  private static final String USUAL_REGION = "us-east-1";

  private record Slot(String id, String service) {}

  /** Writes to that store every ten seconds. */
  public UseLog(IamStore store) {
    this.store = store;
    timer.every(INTERVAL, "The note of used keys", this::write);
  }

  /** Notes a use; forgotten when too much is waiting to be written. */
  public void note(LastUse use) {
    Slot slot = new Slot(use.id(), use.service());
    if (pending.size() < MOST || pending.containsKey(slot)) {
      pending.put(slot, use);
    }
  }

  /** One use for a long-term key and one for the user or role; none when nobody signed. */
  public static List<LastUse> of(Authenticated authenticated) {
    Optional<SignedScope> scope = authenticated.scope();
    if (scope.isEmpty()) {
      return List.of();
    }
    Instant at = authenticated.request().receivedAt();
    List<LastUse> uses = new ArrayList<>(2);
    authenticated
        .accessKeyId()
        .filter(id -> !SessionTokens.isTemporary(id))
        .ifPresent(id -> uses.add(use(id, scope.get(), at)));
    principalId(authenticated.principal()).ifPresent(id -> uses.add(use(id, scope.get(), at)));
    return uses;
  }

  private static LastUse use(String id, SignedScope scope, Instant at) {
    String region = isRegion(scope.region()) ? scope.region() : USUAL_REGION;
    return new LastUse(id, scope.service(), region, at);
  }

  /** Clients may write anything; not everything fits into the database. */
  private static boolean isRegion(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '-' && (c >= 0x80 || !Character.isLetterOrDigit(c))) {
        return false;
      }
    }
    return !text.isEmpty() && text.length() <= MOST_REGION;
  }

  private static Optional<String> principalId(Principal principal) {
    return switch (principal) {
      case Principal.User user -> Optional.of(user.userId());
      case Principal.RoleSession session -> Optional.of(session.roleId());
      case Principal.UserSession session -> Optional.of(session.userId());
      case Principal.FederatedUser federated -> Optional.empty();
      case Principal.RootSession root -> Optional.empty();
      case Principal.AccountRoot root -> Optional.empty();
      case Principal.Anonymous nobody -> Optional.empty();
    };
  }

  private void write() {
    try {
      flush();
      outage.worked();
    } catch (RuntimeException | LinkageError failure) {
      outage.failed(failure);
    }
  }

  public void flush() {
    Map<Slot, LastUse> batch = Map.copyOf(pending);
    if (batch.isEmpty()) {
      return;
    }
    store.note(stored -> stored.uses().note(batch.values().stream().sorted(ORDER).toList()));
    batch.forEach(pending::remove);
  }

  /** Writes the rest and stops. */
  @Override
  public void close() {
    timer.close();
    write();
  }
}
