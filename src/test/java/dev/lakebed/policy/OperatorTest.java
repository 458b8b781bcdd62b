package dev.lakebed.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.policy.Policy.MalformedPolicyException;
import dev.lakebed.support.Evidence;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each condition operator on one value; lists are written with {@code ;}. Expectations from the IAM
 * page "condition operators".
 */
@Evidence("contract-5.3")
final class OperatorTest {
  static boolean holds(String operator, String policyValues, List<String> requestValues) {
    String values =
        Arrays.stream(policyValues.split(";", -1))
            .map(value -> "'" + value + "'")
            .toList()
            .toString();
    Asking asking =
        Asking.user()
            .identity(
                Asking.policy(
                    "{'Effect':'Allow','Action':'*','Resource':'*','Condition':{'%s':{'x:key':%s}}}"
                        .formatted(operator, values)));
    if (!requestValues.isEmpty()) {
      asking = asking.with("x:key", requestValues.toArray(String[]::new));
    }
    return asking.may("s3:GetObject", "arn:aws:s3:::b/k");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          StringEquals              | a              | a                    | true
          StringEquals              | a              | A                    | false
          StringEquals              | a*             | ab                   | false
          StringEquals              | a;b            | b                    | true
          StringNotEquals           | a;b            | b                    | false
          StringNotEquals           | a;b            | c                    | true
          StringEqualsIgnoreCase    | aB             | Ab                   | true
          StringNotEqualsIgnoreCase | aB             | Ab                   | false
          StringEqualsIgnoreCase    | \u00c9t\u00e9   | \u00e9T\u00c9     | true
          StringEqualsIgnoreCase    | in             | \u0131n             | false
          StringEqualsIgnoreCase    | in             | \u0130n             | false
          StringEqualsIgnoreCase    | k              | \u212a              | false
          StringEqualsIgnoreCase    | s              | \u017f              | false
          StringNotEqualsIgnoreCase | k              | \u212a              | true
          StringLike                | a*c;x          | abbc                 | true
          StringLike                | a?c            | abbc                 | false
          StringLike                | A*             | abc                  | false
          StringNotLike             | a*             | abc                  | false
          StringNotLike             | a*             | xbc                  | true
          NumericEquals             | 10             | 10.0                 | true
          NumericEquals             | 10             | 11                   | false
          NumericNotEquals          | 10             | 11                   | true
          NumericLessThan           | 10             | 9                    | true
          NumericLessThan           | 10             | 10                   | false
          NumericLessThanEquals     | 10             | 10                   | true
          NumericGreaterThan        | -1.5           | -1                   | true
          NumericGreaterThan        | 10             | 9                    | false
          NumericGreaterThanEquals  | 10             | 10                   | true
          NumericEquals             | 10             | ten                  | false
          NumericNotEquals          | 10             | ten                  | false
          NumericLessThan           | 10             | ''                   | false
          DateEquals                | 2026-01-01T00:00:00Z | 2026-01-01T01:00:00+01:00 | true
          DateEquals                | 1767225600     | 2026-01-01T00:00:00Z | true
          DateEquals                | 2026-01-01     | 2026-01-01T00:00:00Z | true
          DateNotEquals             | 2026-01-01     | 2026-01-02           | true
          DateLessThan              | 2026-01-01T00:00:00Z | 2025-12-31T23:59:59.999Z | true
          DateLessThanEquals        | 2026-01-01     | 2026-01-01           | true
          DateGreaterThan           | 2026-01-01     | 2025-01-01           | false
          DateGreaterThanEquals     | 2026-01-01     | 1767225600           | true
          DateGreaterThan           | 2026-01-01     | yesterday            | false
          DateNotEquals             | 2026-01-01     | yesterday            | false
          Bool                      | true           | true                 | true
          Bool                      | TRUE           | True                 | true
          Bool                      | false          | true                 | false
          Bool                      | false          | maybe                | false
          BinaryEquals              | QmFyZQ==       | QmFyZQ==             | true
          BinaryEquals              | QmFyZQ==       | QmFyZA==             | false
          BinaryEquals              | QmFyZQ==       | ***                  | false
          IpAddress                 | 10.0.0.0/8     | 10.255.1.2           | true
          IpAddress                 | 10.0.0.9/8     | 10.255.1.2           | true
          IpAddress                 | 10.0.0.0/8     | 11.0.0.1             | false
          IpAddress                 | 10.0.0.1       | 10.0.0.1             | true
          IpAddress                 | 10.0.0.1       | 10.0.0.2             | false
          IpAddress                 | 0.0.0.0/0      | 203.0.113.7          | true
          IpAddress                 | 0.0.0.0/0      | 2001:db8::1          | false
          IpAddress                 | 2001:db8::/32  | 2001:DB8:0:0:1::1    | true
          IpAddress                 | 2001:db8::/32  | 2001:db9::1          | false
          IpAddress                 | ::1;127.0.0.1  | ::1                  | true
          IpAddress                 | 192.0.2.0/24   | ::ffff:192.0.2.1     | true
          IpAddress                 | ::ffff:192.0.2.0/120 | 192.0.2.200    | true
          IpAddress                 | 10.0.0.0/8     | localhost            | false
          IpAddress                 | 10.0.0.0/8     | 010.0.0.1            | false
          NotIpAddress              | 10.0.0.0/8     | 11.0.0.1             | true
          NotIpAddress              | 10.0.0.0/8     | 10.0.0.1             | false
          NotIpAddress              | 10.0.0.0/8     | localhost            | false
          IpAddress                 | fe80::/10      | fe80::1%eth0         | true
          IpAddress                 | 10.0.0.0/8     | 10.0.0.1%eth0        | false
          IpAddress                 | fe80::1%eth0   | fe80::1              | malformed
          NotIpAddress              | 10.0.0.0/8     | fe80::1%eth0         | true
          ArnEquals                 | arn:aws:iam::000000000000:role/* | arn:aws:iam::000000000000:role/a/b | true
          ArnLike                   | arn:aws:iam::*:role/x | arn:aws:iam::000000000000:role/x | true
          ArnLike                   | arn:aws:s3:*   | arn:aws:s3:::b       | malformed
          ArnLike                   | arn:*:*:*:*:x  | arn:aws:s3:::x       | true
          ArnLike                   | arn:*:x        | arn:aws:s3:::x       | malformed
          ArnLike                   | arn:aws:*:::b  | arn:aws:s3:a::b      | false
          ArnLike                   | *              | arn:aws:s3:::b       | true
          ArnLike                   | arn:aws:s3:::b | not-an-arn           | false
          ArnNotEquals              | arn:aws:s3:::b | arn:aws:s3:::c       | true
          ArnNotLike                | arn:aws:s3:::* | arn:aws:s3:::c       | false
          ArnNotLike                | arn:aws:s3:::* | not-an-arn           | false
          ArnLike                   | *              | not-an-arn           | false
          """)
  void one_value(String operator, String policyValue, String requestValue, String expected) {
    String actual;
    try {
      actual = Boolean.toString(holds(operator, policyValue, List.of(requestValue)));
    } catch (MalformedPolicyException refused) {
      actual = "malformed";
    }
    assertThat(actual).isEqualTo(expected);
  }

  private static String sample(Operator operator) {
    String name = operator.name();
    if (name.startsWith("NUMERIC")) {
      return "1";
    }
    if (name.startsWith("DATE")) {
      return "2026-01-01";
    }
    if (name.contains("IP")) {
      return "10.0.0.1";
    }
    if (name.startsWith("ARN")) {
      return "arn:aws:s3:::b";
    }
    return name.startsWith("BOOL") ? "true" : "QmFyZQ==";
  }

  private static String word(Operator operator) {
    StringBuilder word = new StringBuilder();
    for (String part : operator.name().split("_", -1)) {
      word.append(part.charAt(0)).append(part.substring(1).toLowerCase(java.util.Locale.ROOT));
    }
    return word.toString();
  }

  @ParameterizedTest
  @EnumSource(Operator.class)
  @Evidence("rule-80")
  void an_absent_key_fails_positive_and_passes_negated_operators(Operator operator) {
    String word = word(operator);
    boolean negated = word.contains("Not");
    String value = sample(operator);
    assertThat(holds(word, value, List.of())).isEqualTo(negated);
    assertThat(holds(word + "IfExists", value, List.of())).isTrue();
    assertThat(holds("ForAllValues:" + word, value, List.of())).isTrue();
    assertThat(holds("ForAnyValue:" + word, value, List.of())).isFalse();
    assertThat(holds("ForAllValues:" + word + "IfExists", value, List.of())).isTrue();
    assertThat(holds("ForAnyValue:" + word + "IfExists", value, List.of())).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "true,,true",
    "false,,false",
    "true,a,false",
    "false,a,true",
    "true;false,,true",
    "true;false,a,true"
  })
  void null_tests_existence(String values, String present, boolean expected) {
    List<String> request = present == null ? List.of() : List.of(present);
    assertThat(holds("Null", values, request)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    // operator, values of the policy, values of the request
    "ForAllValues:StringEquals,a;b,a,true",
    "ForAllValues:StringEquals,a;b,a;b,true",
    "ForAllValues:StringEquals,a;b,a;c,false",
    "ForAnyValue:StringEquals,a;b,a;c,true",
    "ForAnyValue:StringEquals,a;b,c;d,false",
    "ForAllValues:StringNotEquals,a;b,c;d,true",
    "ForAllValues:StringNotEquals,a;b,a;c,false",
    "ForAllValues:StringNotEquals,a;b,a;b,false",
    "ForAnyValue:StringNotEquals,a;b,a;c,true",
    "ForAnyValue:StringNotEquals,a;b,a;b,false",
    "ForAllValues:StringLike,a*;b*,ax;bx,true",
    "ForAllValues:StringLike,a*;b*,ax;cx,false",
    "ForAnyValue:StringNotLike,a*,ax;cx,true",
    "ForAllValues:NumericLessThan,5,1;4,true",
    "ForAllValues:NumericNotEquals,5,1;x,false",
    "ForAnyValue:NumericNotEquals,5,5;x,false",
    "ForAnyValue:NotIpAddress,10.0.0.0/8,10.0.0.1;11.0.0.1,true",
    "ForAllValues:ArnNotLike,arn:aws:s3:::a*,arn:aws:s3:::b;arn:aws:s3:::ab,false",
    // IfExists asks about an absent key only: values that are there are compared as without it
    "ForAllValues:StringEqualsIfExists,a;b,a;b,true",
    "ForAllValues:StringEqualsIfExists,a;b,a;c,false",
    "ForAnyValue:StringEqualsIfExists,a;b,a;c,true",
    "ForAnyValue:StringEqualsIfExists,a;b,c;d,false",
    "ForAllValues:StringNotEqualsIfExists,a;b,c;d,true",
    "ForAllValues:StringNotEqualsIfExists,a;b,a;c,false",
    "ForAnyValue:StringNotEqualsIfExists,a;b,a;c,true",
    "ForAnyValue:StringNotEqualsIfExists,a;b,a;b,false",
    "ForAllValues:StringLikeIfExists,a*,ax;b,false",
    "ForAnyValue:StringLikeIfExists,a*,b;c,false",
    "ForAllValues:StringNotLikeIfExists,a*,b;ax,false",
    "ForAnyValue:StringNotLikeIfExists,a*,ax;ay,false",
    "ForAllValues:NumericLessThanIfExists,5,1;9,false",
    "ForAnyValue:NumericLessThanIfExists,5,7;9,false",
    "ForAnyValue:NumericNotEqualsIfExists,5,5;x,false",
    "ForAllValues:DateLessThanIfExists,2026-01-01,2025-01-01;2027-01-01,false",
    "ForAnyValue:BoolIfExists,true,false;false,false",
    "ForAllValues:IpAddressIfExists,10.0.0.0/8,10.0.0.1;11.0.0.1,false",
    "ForAnyValue:NotIpAddressIfExists,10.0.0.0/8,10.0.0.1;10.0.0.2,false",
    "ForAnyValue:ArnLikeIfExists,arn:aws:s3:::a*,arn:aws:s3:::b;arn:aws:s3:::c,false",
    "StringEqualsIfExists,a,b;c,false",
    "StringNotEqualsIfExists,a,a;b,false",
    "StringEquals,a,a;b,true",
    "StringNotEquals,a,a;b,false",
    "StringNotEquals,a,b;c,true",
  })
  @Evidence("attack-38")
  void set_operators(String operator, String policy, String request, boolean expected) {
    assertThat(holds(operator, policy, List.of(request.split(";", -1)))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"1,2,true", "1,3,false", "9,2,false", "9,3,false"})
  void several_operators_and_keys_must_all_hold(String a, String b, boolean expected) {
    Asking asking =
        Asking.user()
            .identity(
                Asking.policy(
                    "{'Effect':'Allow','Action':'*','Resource':'*','Condition':{"
                        + "'StringEquals':{'x:a':'1','X:B':['2']},'Null':{'x:c':true}}}"))
            .with("x:a", a)
            .with("x:b", b);
    assertThat(asking.may("s3:GetObject", "arn:aws:s3:::b/k")).isEqualTo(expected);
    assertThat(asking.with("x:c", "1").may("s3:GetObject", "arn:aws:s3:::b/k")).isFalse();
  }
}
