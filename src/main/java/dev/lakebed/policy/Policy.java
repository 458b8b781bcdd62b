package dev.lakebed.policy;

import dev.lakebed.policy.Document.DocumentCache;
import dev.lakebed.policy.Keys.Effort;
import dev.lakebed.policy.PrincipalSet.Reach;
import dev.lakebed.policy.Question.Subject;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A parsed policy document with the name it is known by. Immutable; equal documents share their
 * compiled form. That takes many times the memory of the text, so a policy does not hold it: what
 * does not fit into the cache of compiled documents is compiled again when it is next asked.
 */
public final class Policy {
  private static final DocumentCache DOCUMENTS = new DocumentCache();

  /** What a document is attached to, which decides the elements it may have. */
  public enum Kind {
    /** A user, group or role, or their boundary: no Principal. */
    IDENTITY,
    /** A session: no Principal. */
    SESSION,
    /** A bucket or table: Principal and Resource needed. */
    RESOURCE,
    /** A role's trust: Principal needed, no Resource. */
    TRUST
  }

  private final String name;
  private final Kind kind;
  private final String json;
  private volatile WeakReference<Document> compiled;

  private Policy(String name, Kind kind, String json, Document document) {
    this.name = name;
    this.kind = kind;
    this.json = json;
    this.compiled = new WeakReference<>(document);
  }

  /**
   * Reads and compiles a document of at most 131072 characters, which must be exactly AWS's
   * grammar; the name is for reasons and logs.
   */
  public static Policy parse(String name, String json, Kind kind) {
    return new Policy(name, kind, json, DOCUMENTS.get(json, kind));
  }

  private Document document() {
    Document known = compiled.get();
    if (known == null) {
      known = DOCUMENTS.get(json, kind);
      compiled = new WeakReference<>(known);
    }
    return known;
  }

  /** Length of its text in characters: about the memory that it holds, for caches. */
  public int length() {
    return json.length();
  }

  public String name() {
    return name;
  }

  public Kind kind() {
    return kind;
  }

  /**
   * The values of all Resource and NotResource elements, as written. A bucket policy may name only
   * its bucket and what is in it.
   */
  public List<String> resources() {
    return document().resources();
  }

  /**
   * Whether a resource policy is public in the sense of S3's Block Public Access: an Allow to
   * everyone without a condition that confines it to fixed principals, sources or address ranges.
   */
  public boolean isPublic() {
    return kind == Kind.RESOURCE && statements().stream().anyMatch(Statement::isPublic);
  }

  /** Whether a trust policy lets in everybody, without a condition. */
  public boolean trustsEverybody() {
    return kind == Kind.TRUST && statements().stream().anyMatch(Statement::isUnconditional);
  }

  /** Names of all condition keys that its conditions and variables ask for, as written. */
  public Set<String> contextKeys() {
    return statements().stream()
        .flatMap(Statement::keyNames)
        .collect(Collectors.toCollection(() -> new TreeSet<>(String.CASE_INSENSITIVE_ORDER)));
  }

  /** Whether one of its Allow statements names an action of the service. */
  public boolean grants(String service) {
    return statements().stream().anyMatch(statement -> statement.grants(service));
  }

  /**
   * Whether one of its Allow statements is about the action and the subject, whatever the resource
   * and the conditions: without one, no request can be allowed by this policy.
   */
  public boolean canAllow(String action, Subject subject) {
    return about(ActionSet.fold(action), Effort.FREE).stream()
        .anyMatch(
            statement -> !statement.deny() && statement.principals().reach(subject) != Reach.NONE);
  }

  /** The values of its Action and NotAction elements that match no action that is known. */
  public List<UnknownAction> unknownActions() {
    return statements().stream()
        .flatMap(
            statement ->
                statement.text().actions().stream()
                    .filter(action -> !KnownActions.matches(action))
                    .map(action -> new UnknownAction(name, statement.label(), action)))
        .toList();
  }

  /**
   * Whether a resource policy allows everybody something, whatever the condition: such a grant
   * stands on its own, so that it reaches sessions beyond their session policies.
   */
  public boolean liftsSessionPolicies() {
    return kind == Kind.RESOURCE
        && statements().stream().anyMatch(each -> !each.deny() && each.principals().everyone());
  }

  List<Statement> statements() {
    return document().statements();
  }

  List<Statement> about(String foldedAction, Effort effort) {
    return document().about(foldedAction, effort);
  }

  @Override
  public String toString() {
    return "Policy[" + name + ", " + kind + "]";
  }

  /** A place in a policy document, both counted from 1. {@code column} is in UTF-16 units. */
  public record Position(int line, int column) {
    MalformedPolicyException error(String reason) {
      return new MalformedPolicyException(reason, line, column);
    }
  }

  /** From its first character to the place behind its last one. */
  public record Span(Position start, Position end) {}

  /**
   * A value of an Action or NotAction element that matches no action that is known. It is legal and
   * matches no request. {@code statement} is its Sid, or {@code #index} counted from 0.
   */
  public record UnknownAction(String policy, String statement, String action) {
    @Override
    public String toString() {
      return "policy %s, statement %s: there is no action %s".formatted(policy, statement, action);
    }
  }

  /**
   * A policy document was refused. The message names the place and the rule, and no value longer
   * than what the author wrote at that place.
   */
  public static final class MalformedPolicyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String reason;
    private final int line;
    private final int column;

    MalformedPolicyException(String reason, int line, int column) {
      super("%s (line %d, column %d)".formatted(reason, line, column));
      this.reason = reason;
      this.line = line;
      this.column = column;
    }

    public String reason() {
      return reason;
    }

    /** Of the offending token, counted from 1. */
    public int line() {
      return line;
    }

    /** Where the offending token begins, counted from 1 in UTF-16 units. */
    public int column() {
      return column;
    }
  }
}
