package dev.lakebed.auth.form;

import dev.lakebed.auth.AuthenticationException;
import dev.lakebed.auth.AuthenticationException.Reason;
import dev.lakebed.http.RequestBody;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A POST policy: until when, and what a form may hold.
 *
 * @param least fewest bytes of the file
 * @param most greatest number of bytes of the file
 */
public record PostPolicy(
    Instant expiration, List<PolicyCondition> conditions, long least, long most) {
  /** Fields that need no condition. */
  private static final Set<String> FREE =
      Set.of("policy", "x-amz-signature", "awsaccesskeyid", "signature", "file");

  private static final String FREE_PREFIX = "x-ignore-";

  public PostPolicy {
    conditions = List.copyOf(conditions);
  }

  /**
   * Reads the Base64 text of the field {@code policy}.
   *
   * @throws AuthenticationException with {@code MALFORMED_POST_POLICY} when it is not Base64 or
   *     JSON, or holds anything unknown
   */
  public static PostPolicy parse(String base64) {
    return PostPolicyParser.parse(base64);
  }

  /**
   * Checks everything but the size of the file.
   *
   * @param bucket the bucket the request is sent to; it needs a condition as every field does, and
   *     a form field of that name must agree with it
   * @throws AuthenticationException with {@code REQUEST_EXPIRED} or {@code POST_POLICY_VIOLATION}
   */
  public void require(PostForm form, String bucket, Instant now) {
    if (!now.isBefore(expiration)) {
      throw new AuthenticationException(
          Reason.REQUEST_EXPIRED, "Invalid according to Policy: Policy expired.");
    }
    Map<String, String> fields = new HashMap<>(form.fields());
    String named = fields.put("bucket", bucket);
    if (named != null && !named.equals(bucket)) {
      throw violated("the field bucket names another bucket");
    }
    Set<String> covered = new HashSet<>(FREE);
    for (PolicyCondition condition : conditions) {
      String value = fields.get(condition.field());
      if (value == null || !condition.holds(value)) {
        throw violated("Policy Condition failed: " + condition.field());
      }
      covered.add(condition.field());
    }
    for (String field : fields.keySet()) {
      if (!covered.contains(field) && !field.startsWith(FREE_PREFIX)) {
        throw violated("Extra input fields: " + field);
      }
    }
  }

  /** The file of the form; its stream fails when its size is outside the range. */
  public RequestBody sized(PostForm form) {
    return form.contentBetween(least, most);
  }

  private static AuthenticationException violated(String what) {
    return new AuthenticationException(
        Reason.POST_POLICY_VIOLATION, "Invalid according to Policy: " + what);
  }

  /** One condition of a POST policy. Field names are in lower case. */
  sealed interface PolicyCondition {
    /** Whether a field with that value fulfils it. */
    boolean holds(String value);

    String field();

    /** The field has exactly this value. */
    record Equal(String field, String value) implements PolicyCondition {
      @Override
      public boolean holds(String actual) {
        return actual.equals(value);
      }
    }

    /**
     * The field begins with this text; every member of a list of content types must.
     *
     * @param prefix wanted; empty allows any value
     */
    record StartsWith(String field, String prefix) implements PolicyCondition {
      @Override
      public boolean holds(String actual) {
        if (!field.equals("content-type")) {
          return actual.startsWith(prefix);
        }
        for (String type : actual.split(",", -1)) {
          if (!type.strip().startsWith(prefix)) {
            return false;
          }
        }
        return true;
      }
    }
  }
}
