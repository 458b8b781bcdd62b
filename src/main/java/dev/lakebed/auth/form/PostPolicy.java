package dev.lakebed.auth.form;

import dev.lakebed.auth.AuthenticationException;
import dev.lakebed.auth.AuthenticationException.Reason;
import dev.lakebed.http.Decimal;
import dev.lakebed.http.RequestBody;
import dev.lakebed.json.JsonPlace.MalformedJsonException;
import dev.lakebed.json.StrictJson;
import dev.lakebed.json.StrictJson.JsonLimits;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** A POST policy: until when, what a form may hold, and the fewest and most bytes of its file. */
public record PostPolicy(
    Instant expiration, List<PolicyCondition> conditions, long least, long most) {
  /** Fields that need no condition. */
  private static final Set<String> FREE =
      Set.of("policy", "x-amz-signature", "awsaccesskeyid", "signature", "file");

  private static final String FREE_PREFIX = "x-ignore-";

  public PostPolicy {
    conditions = List.copyOf(conditions);
  }

  /** Reads the Base64 text of the field {@code policy}; anything unknown in it is refused. */
  public static PostPolicy parse(String base64) {
    return Parser.parse(base64);
  }

  /**
   * Checks everything but the size of the file.
   *
   * @param bucket to which the request is sent; it needs a condition as every field does, and a
   *     form field of that name must agree with it
   */
  public void require(PostForm form, String bucket, Instant now) {
    if (!now.isBefore(expiration)) {
      throw Reason.REQUEST_EXPIRED.because("Invalid according to Policy: Policy expired.");
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
    return Reason.POST_POLICY_VIOLATION.because("Invalid according to Policy: " + what);
  }

  /** One condition of a POST policy. Field names are in lower case. */
  sealed interface PolicyCondition {

    boolean holds(String value);

    String field();

    record Equal(String field, String value) implements PolicyCondition {
      @Override
      public boolean holds(String actual) {
        return actual.equals(value);
      }
    }

    /** Of a list of content types every member must begin with the prefix. */
    record StartsWith(String field, String prefix) implements PolicyCondition {
      @Override
      public boolean holds(String actual) {
        if (!field.equals("content-type")) {
          return actual.startsWith(prefix);
        }
        return Stream.of(actual.split(",", -1)).allMatch(type -> type.strip().startsWith(prefix));
      }
    }
  }

  /** Reads the JSON of a POST policy; anything unknown is refused. */
  private static final class Parser {
    private static final int LONGEST = 64 * 1024;

    private final List<PolicyCondition> conditions = new ArrayList<>();
    private long least;
    private long most = Long.MAX_VALUE;

    static PostPolicy parse(String base64) {
      if (base64.length() > LONGEST) {
        throw invalid("too long");
      }
      return new Parser().read(json(base64));
    }

    private static JsonObject json(String base64) {
      try {
        return StrictJson.object(
            Base64.getDecoder().decode(base64.replace("\r", "").replace("\n", "")),
            JsonLimits.REQUEST);
      } catch (IllegalArgumentException | MalformedJsonException unreadable) {
        throw invalid("not Base64 of a JSON object");
      }
    }

    private PostPolicy read(JsonObject document) {
      if (!document.keySet().equals(Set.of("expiration", "conditions"))) {
        throw invalid("it must hold expiration and conditions and nothing else");
      }
      if (!(document.get("conditions") instanceof JsonArray list)) {
        throw invalid("conditions must be a list");
      }
      for (JsonValue condition : list) {
        if (condition instanceof JsonObject object) {
          if (object.size() != 1) {
            throw invalid("a simple condition must have exactly one property");
          }
          object.forEach((field, value) -> equal(field, text(value)));
        } else if (condition instanceof JsonArray array) {
          operator(array);
        } else {
          throw invalid("a condition must be an object or a list");
        }
      }
      return new PostPolicy(
          instant(document.getOrDefault("expiration", JsonValue.NULL)), conditions, least, most);
    }

    private void operator(JsonArray array) {
      if (array.size() != 3) {
        throw invalid("a condition list must have three members");
      }
      switch (text(array.get(0)).toLowerCase(Locale.ROOT)) {
        case "eq" -> equal(variable(array.get(1)), text(array.get(2)));
        case "starts-with" ->
            conditions.add(
                new PolicyCondition.StartsWith(variable(array.get(1)), text(array.get(2))));
        case "content-length-range" -> {
          least = Math.max(least, number(array.get(1)));
          most = Math.min(most, number(array.get(2)));
        }
        default -> throw invalid("unknown operator");
      }
    }

    private void equal(String field, String value) {
      conditions.add(new PolicyCondition.Equal(field.toLowerCase(Locale.ROOT), value));
    }

    private static String variable(JsonValue value) {
      String text = text(value);
      if (!text.startsWith("$") || text.length() == 1) {
        throw invalid("a field in a condition list must begin with $");
      }
      return text.substring(1).toLowerCase(Locale.ROOT);
    }

    private static String text(JsonValue value) {
      if (value instanceof JsonString string) {
        return string.getString();
      }
      throw invalid("a value is not a text");
    }

    /** Clients send the numbers as texts, too. */
    private static long number(JsonValue value) {
      String text = value instanceof JsonNumber number ? number.toString() : text(value);
      return Decimal.parse(text)
          .orElseThrow(() -> invalid("content-length-range needs two whole numbers"));
    }

    private static Instant instant(JsonValue value) {
      try {
        return Instant.parse(text(value));
      } catch (DateTimeException notInstant) {
        throw invalid("expiration is not an ISO 8601 time");
      }
    }

    private static AuthenticationException invalid(String why) {
      return Reason.MALFORMED_POST_POLICY.because("Invalid Policy: " + why + ".");
    }
  }
}
