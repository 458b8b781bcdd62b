package dev.lakebed.policy;

import dev.lakebed.policy.Policy.MalformedPolicyException;
import dev.lakebed.policy.Policy.Position;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The actions that a policy of a resource can name, by what they act on. An action that does not
 * exist, or that has nothing to act on in its statement, protects nothing, so AWS refuses it in the
 * policy of a resource; in that of a principal it is accepted.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html">AWS</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3tables.html">AWS</a>
 */
public final class ResourceActions {
  private static final String[] TABLE = {"s3tables table", "s3tables either"};

  private static final String[] TABLES = {"s3tables bucket", "s3tables table", "s3tables either"};

  /** Policies of buckets: on the bucket, and on the objects in it. */
  public static final ResourceActions BUCKET =
      new ResourceActions(
          "s3",
          KnownActions.list("s3 bucket"),
          KnownActions.list("s3 object"),
          KnownActions.list("s3 bucket", "s3 object", "s3 other"));

  /** Policies of table buckets: on the bucket, and on the tables in it. */
  public static final ResourceActions TABLE_BUCKET =
      new ResourceActions(
          "s3tables",
          KnownActions.list("s3tables bucket", "s3tables either"),
          KnownActions.list(TABLE),
          KnownActions.list(TABLES));

  public static final ResourceActions OF_TABLE =
      new ResourceActions(
          "s3tables",
          KnownActions.list(TABLE),
          KnownActions.list(TABLE),
          KnownActions.list(TABLES));

  private final Set<String> whole;
  private final Set<String> inside;
  private final List<String> known;

  private ResourceActions(
      String service, Set<String> whole, Set<String> inside, Set<String> known) {
    this.whole = folded(service, whole);
    this.inside = folded(service, inside);
    this.known = List.copyOf(folded(service, known));
  }

  private static Set<String> folded(String service, Set<String> names) {
    return names.stream()
        .map(name -> ActionSet.fold(service + ":" + name))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether an action, such as {@code s3:ListBucket}, acts on the resource itself. */
  public boolean actsOnWhole(String action) {
    return whole.contains(ActionSet.fold(action));
  }

  /**
   * Refuses actions that are unknown, of another service, or without a resource in their statement.
   * Resources other than {@code arn} lie below it.
   */
  public void check(Policy policy, String arn) {
    policy.statements().forEach(statement -> check(statement, arn));
  }

  private void check(Statement statement, String arn) {
    boolean excluding = statement.actions().negated() || statement.resources().negated();
    for (String action : statement.text().actions()) {
      List<String> meant = known.stream().filter(ActionSet.glob(action)::matches).toList();
      if (meant.isEmpty()) {
        throw error("Policy has invalid action", statement, action);
      }
      if (!excluding && meant.stream().noneMatch(name -> applies(name, statement, arn))) {
        throw error("Action does not apply to any resource(s) in statement", statement, action);
      }
    }
  }

  private boolean applies(String action, Statement statement, String arn) {
    return statement.text().resources().stream()
        .anyMatch(resource -> (resource.equals(arn) ? whole : inside).contains(action));
  }

  private static MalformedPolicyException error(
      String sentence, Statement statement, String action) {
    Position start = statement.text().place().start();
    return start.error(
        sentence + ": statement " + statement.label() + ", action " + Node.quoted(action));
  }
}
