package dev.lakebed.iam.store;

import dev.lakebed.auth.PrincipalBinding;
import dev.lakebed.auth.PrincipalBinding.UnknownPrincipalException;
import dev.lakebed.iam.model.IamSnapshot;
import dev.lakebed.iam.model.RoleArn;
import dev.lakebed.limit.ServerBusyException;
import dev.lakebed.policy.Policy.MalformedPolicyException;
import dev.lakebed.policy.PrincipalText;
import dev.lakebed.storage.metadata.MetadataUnavailableException;
import dev.lakebed.storage.metadata.iam.Entity;
import dev.lakebed.storage.metadata.iam.Entity.EntityArn;
import dev.lakebed.storage.metadata.iam.Entity.Kind;
import dev.lakebed.storage.metadata.iam.IamStore;
import dev.lakebed.storage.metadata.iam.IamStore.IamTransaction;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Principals of policies, as one transaction sees them. What the configuration has hides what is
 * stored under the same ARN. Providers are looked up and not bound: a trust policy means whoever
 * speaks under that ARN, as on AWS.
 */
public final class BoundPrincipals implements PrincipalBinding {
  private static final Pattern UNCHECKED =
      Pattern.compile(
          "\\*|\\d{12}|arn:[^:]+:iam::\\d{12}:root|arn:[^:]+:sts::\\d{12}:federated-user/.+");
  static final Pattern SESSION =
      Pattern.compile("arn:aws:sts::(\\d{12}):assumed-role/([^/]+)/([^/]+)");

  private final IamSnapshot configured;
  private final IamTransaction stored;
  private final Map<String, Optional<String>> arns = new HashMap<>();

  public BoundPrincipals(IamSnapshot configured, IamTransaction stored) {
    this.configured = configured;
    this.stored = stored;
  }

  @Override
  public String bind(String document) {
    return PrincipalText.replace(
        document,
        (type, principal) ->
            find(type, principal)
                .orElseThrow(() -> new UnknownPrincipalException(type, principal)));
  }

  /** {@inheritDoc} A stored document that cannot be read is shown as it is. */
  @Override
  public String show(String document) {
    try {
      return PrincipalText.replace(
          document, (type, principal) -> type.equals("AWS") ? shown(principal) : principal);
    } catch (MalformedPolicyException unusable) {
      return document;
    }
  }

  /** What a bound document says for the principal; empty when it does not exist. */
  Optional<String> find(String type, String principal) {
    return switch (type) {
      case "AWS" -> UNCHECKED.matcher(principal).matches() ? Optional.of(principal) : id(principal);
      case "Federated" -> Optional.of(principal).filter(this::isKnownProvider);
      default -> Optional.of(principal);
    };
  }

  private Optional<String> id(String principal) {
    Matcher session = SESSION.matcher(principal);
    if (session.matches()) {
      return role(session.group(1), session.group(2)).map(id -> id + ":" + session.group(3));
    }
    Optional<Kind> kind = EntityArn.parse(principal).map(EntityArn::kind);
    return kind.equals(Optional.of(Kind.USER)) || kind.equals(Optional.of(Kind.ROLE))
        ? configured.id(principal).or(() -> stored.entities().byArn(principal).map(Entity::id))
        : Optional.of(principal).filter(id -> arn(idOnly(id)).isPresent());
  }

  /** The ARN of a session leaves out the path of its role. */
  private Optional<String> role(String account, String name) {
    Supplier<Optional<Entity>> found = () -> stored.entities().find(account, Kind.ROLE, name);
    return configured
        .roleId(account, name)
        .or(() -> found.get().filter(role -> role.name().equals(name)).map(Entity::id));
  }

  /** A name or an issuer instead of an ARN means a provider of the configuration. */
  private boolean isKnownProvider(String principal) {
    return !principal.startsWith("arn:")
        || configured.provider(principal).isPresent()
        || stored.entities().byArn(principal).isPresent();
  }

  private static String idOnly(String principal) {
    int session = principal.indexOf(':');
    return session < 0 ? principal : principal.substring(0, session);
  }

  private String shown(String principal) {
    String id = idOnly(principal);
    Optional<String> arn = arn(id);
    return principal.equals(id)
        ? arn.orElse(principal)
        : arn.flatMap(text -> RoleArn.parse(text, configured.sts().account()))
            .map(role -> role.session(principal.substring(id.length() + 1)))
            .orElse(principal);
  }

  private Optional<String> arn(String id) {
    return arns.computeIfAbsent(id, this::lookUp);
  }

  /** The id of a root user is its account, which stands in a document for itself. */
  private Optional<String> lookUp(String id) {
    Optional<String> known = configured.arn(id);
    return known.isPresent()
        ? known
        : stored
            .entities()
            .byId(id)
            .filter(entity -> entity.kind() != Kind.ROOT)
            .map(Entity::arn)
            .filter(arn -> configured.id(arn).isEmpty());
  }

  /** Principals of policies that are kept elsewhere: each document is bound by one look. */
  public record StoredPrincipals(Supplier<IamSnapshot> configured, IamStore store)
      implements PrincipalBinding {
    @Override
    public String bind(String document) {
      return with(principals -> principals.bind(document));
    }

    @Override
    public String show(String document) {
      return with(principals -> principals.show(document));
    }

    private String with(Function<BoundPrincipals, String> work) {
      return DatabaseFailures.by(
          () -> store.read(stored -> work.apply(new BoundPrincipals(configured.get(), stored))));
    }
  }

  /** Says the failure of the database in the words that every protocol understands. */
  public static final class DatabaseFailures {
    private DatabaseFailures() {}

    /** Does the work; ServerBusyException when the database does not answer. */
    public static <T> T by(Supplier<T> work) {
      try {
        return work.get();
      } catch (MetadataUnavailableException unavailable) {
        throw new ServerBusyException("The database of identities does not answer");
      }
    }
  }
}
