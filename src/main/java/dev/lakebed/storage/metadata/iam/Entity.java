package dev.lakebed.storage.metadata.iam;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A user, group, role, managed policy, instance profile or identity provider.
 *
 * @param id unique id, {@code AIDA…}
 * @param parts its ARN, taken apart; the name is unique among its kind in the account, without case
 * @param created whole milliseconds
 * @param document trust policy of a role, metadata of a SAML provider, JSON of an OIDC provider
 * @param maxSession seconds, of a role
 * @param configured whether it comes from the configuration or from AWS and cannot be changed
 */
public record Entity(
    String id,
    EntityArn parts,
    Instant created,
    String description,
    String document,
    Optional<String> boundary,
    Map<String, String> tags,
    int maxSession,
    Versions versions,
    boolean configured) {
  public Entity {
    tags = Map.copyOf(tags);
  }

  /**
   * The versions of a policy; zeros for what is none.
   *
   * @param inForce number of the default version
   * @param last number given last
   * @param changed when the default version did
   */
  public record Versions(int inForce, int last, Instant changed) {}

  /** A new entity with nothing but a name. */
  public static Entity named(String id, EntityArn parts, Instant created) {
    Versions none = new Versions(0, 0, created);
    return new Entity(id, parts, created, "", "", Optional.empty(), Map.of(), 0, none, false);
  }

  public String account() {
    return parts.account();
  }

  public Kind kind() {
    return parts.kind();
  }

  public String path() {
    return parts.path();
  }

  public String name() {
    return parts.name();
  }

  public String arn() {
    return parts.toString();
  }

  public Entity renamed(String path, String name) {
    return at(new EntityArn(account(), kind(), path, name), configured);
  }

  public Entity fixed() {
    return at(parts, true);
  }

  private Entity at(EntityArn place, boolean fixed) {
    return new Entity(
        id, place, created, description, document, boundary, tags, maxSession, versions, fixed);
  }

  public Entity tagged(Map<String, String> newTags) {
    return with(description, document, boundary, newTags, maxSession, versions);
  }

  public Entity bounded(Optional<String> newBoundary) {
    return with(description, document, newBoundary, tags, maxSession, versions);
  }

  public Entity documented(String newDocument) {
    return with(description, newDocument, boundary, tags, maxSession, versions);
  }

  public Entity described(String newDescription) {
    return with(newDescription, document, boundary, tags, maxSession, versions);
  }

  public Entity lasting(int newMaxSession) {
    return with(description, document, boundary, tags, newMaxSession, versions);
  }

  public Entity versioned(Versions newVersions) {
    return with(description, document, boundary, tags, maxSession, newVersions);
  }

  private Entity with(
      String newDescription,
      String newDocument,
      Optional<String> newBoundary,
      Map<String, String> newTags,
      int newMaxSession,
      Versions newVersions) {
    return new Entity(
        id,
        parts,
        created,
        newDescription,
        newDocument,
        newBoundary,
        newTags,
        newMaxSession,
        newVersions,
        configured);
  }

  /**
   * The ARN of an entity, taken apart. The account is {@code aws} for what AWS defines; the path
   * begins and ends with a slash.
   */
  public record EntityArn(String account, Kind kind, String path, String name) {
    private static final Pattern FORM =
        Pattern.compile("arn:aws:iam::(\\d{12}|aws):([a-z-]+)(/(?:[!-.0-~]++/)*+)([!-.0-~]++)");
    private static final Pattern PROVIDER =
        Pattern.compile("arn:aws:iam::(\\d{12}):oidc-provider/([!-~]+)");

    @Override
    public String toString() {
      return kind.arn(account, path, name);
    }

    /** Reads an ARN; empty when it is none of an entity. */
    public static Optional<EntityArn> parse(String arn) {
      Matcher provider = PROVIDER.matcher(arn);
      if (provider.matches()) {
        return Optional.of(
            new EntityArn(provider.group(1), Kind.OIDC_PROVIDER, "/", provider.group(2)));
      }
      Matcher matcher = FORM.matcher(arn);
      return Stream.of(Kind.values())
          .filter(kind -> matcher.matches() && kind.resource().equals(matcher.group(2)))
          .findFirst()
          .map(kind -> new EntityArn(matcher.group(1), kind, matcher.group(3), matcher.group(4)));
    }
  }

  /** The kinds of entities, with the words of their ARNs and ids. */
  public enum Kind {
    /** The root user of an account, whose path and name are empty; its id is the account. */
    ROOT("root", ""),
    USER("user", "AIDA"),
    GROUP("group", "AGPA"),
    ROLE("role", "AROA"),
    POLICY("policy", "ANPA"),
    INSTANCE_PROFILE("instance-profile", "AIPA"),
    /** An OpenID Connect provider; its name is its URL without scheme. */
    OIDC_PROVIDER("oidc-provider", "AOIP"),
    SAML_PROVIDER("saml-provider", "ASAM");

    private final String resource;
    private final String prefix;

    Kind(String resource, String prefix) {
      this.resource = resource;
      this.prefix = prefix;
    }

    /** The word of ARNs, for example {@code instance-profile}. */
    public String resource() {
      return resource;
    }

    public String prefix() {
      return prefix;
    }

    public String arn(String account, String path, String name) {
      return "arn:aws:iam::" + account + ":" + resource + path + name;
    }
  }
}
