package dev.lakebed.storage.metadata.iam;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A user, group, role, managed policy, instance profile or identity provider.
 *
 * @param id unique id, {@code AIDA…}
 * @param account twelve digits; {@code aws} for a policy that AWS defines
 * @param path begins and ends with a slash
 * @param name unique among its kind in the account, without case
 * @param created whole milliseconds
 * @param updated last change of a policy's default version
 * @param description free text
 * @param document trust policy of a role, metadata of a SAML provider, JSON of an OIDC provider
 * @param boundary ARN of the permissions boundary
 * @param maxSession seconds, of a role
 * @param versions numbers of a policy's versions
 * @param configured whether it comes from the configuration or from AWS and cannot be changed
 */
public record Entity(
    String id,
    String account,
    Kind kind,
    String path,
    String name,
    Instant created,
    Instant updated,
    String description,
    String document,
    Optional<String> boundary,
    Map<String, String> tags,
    int maxSession,
    Versions versions,
    boolean configured) {
  /** Copies the map. */
  public Entity {
    tags = Map.copyOf(tags);
  }

  /**
   * The versions of a policy; zeros for what is none.
   *
   * @param inForce number of the default version
   * @param last number given last
   */
  public record Versions(int inForce, int last) {
    /** Of what is no policy. */
    public static final Versions NONE = new Versions(0, 0);
  }

  /** A new entity with nothing but a name. */
  public static Entity named(
      String id, String account, Kind kind, String path, String name, Instant created) {
    return new Entity(
        id,
        account,
        kind,
        path,
        name,
        created,
        created,
        "",
        "",
        Optional.empty(),
        Map.of(),
        0,
        Versions.NONE,
        false);
  }

  /** The ARN. */
  public String arn() {
    return kind.arn(account, path, name);
  }

  /** The same under another path and name. */
  public Entity renamed(String newPath, String newName) {
    return new Entity(
        id,
        account,
        kind,
        newPath,
        newName,
        created,
        updated,
        description,
        document,
        boundary,
        tags,
        maxSession,
        versions,
        configured);
  }

  /** The same with other tags. */
  public Entity tagged(Map<String, String> newTags) {
    return with(description, document, boundary, newTags, maxSession);
  }

  /** The same with another boundary or none. */
  public Entity bounded(Optional<String> newBoundary) {
    return with(description, document, newBoundary, tags, maxSession);
  }

  /** The same with another document. */
  public Entity documented(String newDocument) {
    return with(description, newDocument, boundary, tags, maxSession);
  }

  /** The same with another description. */
  public Entity described(String newDescription) {
    return with(newDescription, document, boundary, tags, maxSession);
  }

  /** The same with another limit on sessions, in seconds. */
  public Entity lasting(int newMaxSession) {
    return with(description, document, boundary, tags, newMaxSession);
  }

  /** The same with other versions. */
  public Entity versioned(Versions newVersions, Instant at) {
    return new Entity(
        id,
        account,
        kind,
        path,
        name,
        created,
        at,
        description,
        document,
        boundary,
        tags,
        maxSession,
        newVersions,
        configured);
  }

  /** The same, marked as not to be changed. */
  public Entity fixed() {
    return new Entity(
        id,
        account,
        kind,
        path,
        name,
        created,
        updated,
        description,
        document,
        boundary,
        tags,
        maxSession,
        versions,
        true);
  }

  private Entity with(
      String newDescription,
      String newDocument,
      Optional<String> newBoundary,
      Map<String, String> newTags,
      int newMaxSession) {
    return new Entity(
        id,
        account,
        kind,
        path,
        name,
        created,
        updated,
        newDescription,
        newDocument,
        newBoundary,
        newTags,
        newMaxSession,
        versions,
        configured);
  }

  /**
   * The ARN of an entity, taken apart.
   *
   * @param account twelve digits, or {@code aws}
   * @param path begins and ends with a slash
   */
  public record EntityArn(String account, Kind kind, String path, String name) {
    private static final Pattern FORM =
        Pattern.compile("arn:aws:iam::(\\d{12}|aws):([a-z-]+)(/(?:[!-.0-~]++/)*+)([!-.0-~]++)");
    private static final Pattern PROVIDER =
        Pattern.compile("arn:aws:iam::(\\d{12}):oidc-provider/([!-~]+)");

    /** Reads an ARN; empty when it is none of an entity. */
    public static Optional<EntityArn> parse(String arn) {
      Matcher provider = PROVIDER.matcher(arn);
      if (provider.matches()) {
        return Optional.of(
            new EntityArn(provider.group(1), Kind.OIDC_PROVIDER, "/", provider.group(2)));
      }
      Matcher matcher = FORM.matcher(arn);
      if (!matcher.matches()) {
        return Optional.empty();
      }
      for (Kind kind : Kind.values()) {
        if (kind.resource().equals(matcher.group(2))) {
          return Optional.of(
              new EntityArn(matcher.group(1), kind, matcher.group(3), matcher.group(4)));
        }
      }
      return Optional.empty();
    }
  }

  /** The kinds of entities, with the words of their ARNs and ids. */
  public enum Kind {
    /** The root user of an account, whose path and name are empty; its id is the account. */
    ROOT("root", ""),
    /** A user. */
    USER("user", "AIDA"),
    /** A group of users. */
    GROUP("group", "AGPA"),
    /** A role. */
    ROLE("role", "AROA"),
    /** A managed policy. */
    POLICY("policy", "ANPA"),
    /** An instance profile. */
    INSTANCE_PROFILE("instance-profile", "AIPA"),
    /** An OpenID Connect provider; its name is its URL without scheme. */
    OIDC_PROVIDER("oidc-provider", "AOIP"),
    /** A SAML provider. */
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

    /** The first four letters of ids. */
    public String prefix() {
      return prefix;
    }

    /** The ARN of such an entity. */
    public String arn(String account, String path, String name) {
      return "arn:aws:iam::" + account + ":" + resource + path + name;
    }
  }
}
