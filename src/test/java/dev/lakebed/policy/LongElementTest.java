package dev.lakebed.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.lakebed.policy.Policy.MalformedPolicyException;
import dev.lakebed.support.Evidence;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Elements as long as a document may be are read or refused in time that grows with their length,
 * on the stack of a request.
 */
@Evidence({"attack-40", "attack-56"})
class LongElementTest {
  private static final int PLENTY = 60_000;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "arn:aws:s3:::${ | ' ' | a",
        "arn:aws:s3:::${a | ' ' | b",
        "arn:aws:s3:::${ | ' a' | ''",
        "arn:aws:s3:::${a, | ' ' | b}",
        "arn:aws:s3::: | ${ | }",
        "arn:aws:s3::: | ${a} | ''",
        "arn:aws:s3::: | * | ''",
        "arn:aws:s3::: | *a | ''",
        "arn | : | ''"
      })
  void a_resource(String head, String repeated, String tail) {
    read(Policy.Kind.IDENTITY, "'Resource':'" + text(head, repeated, tail) + "','Action':'*'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Service | a | .a",
        "Service | '' | a.",
        "Federated | a | .a",
        "AWS | arn:aws:iam::000000000000:user/ | a/",
        "AWS | arn:aws:sts::000000000000:assumed-role/ | a/",
        "AWS | '' | 0"
      })
  void a_principal(String type, String head, String repeated) {
    read(
        Policy.Kind.RESOURCE,
        "'Principal':{'%s':'%s'},'Resource':'*','Action':'*'"
            .formatted(type, text(head, repeated, "")));
  }

  @ParameterizedTest
  @CsvSource({"StringLike,*a", "NumericEquals,1", "DateEquals,1", "IpAddress,1:", "ArnLike,a:"})
  void a_condition_value(String operator, String repeated) {
    read(
        Policy.Kind.SESSION,
        "'Resource':'*','Action':'*','Condition':{'%s':{'aws:username':'%s'}}"
            .formatted(operator, text("", repeated, "")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":", "[{\"Statement\":"})
  void nesting(String open) {
    decided(Policy.Kind.IDENTITY, text("{\"Statement\":", open, ""));
  }

  private static String text(String head, String repeated, String tail) {
    return head + repeated.repeat(PLENTY / repeated.length()) + tail;
  }

  private static void read(Policy.Kind kind, String members) {
    decided(kind, Asking.policy("{'Effect':'Allow'," + members + "}"));
  }

  /** On a thread with the stack that the server gives its threads. */
  private static void decided(Policy.Kind kind, String json) {
    assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> {
          Thread thread = new Thread(null, () -> outcome(kind, json), "small", 512 << 10);
          Throwable[] failure = new Throwable[1];
          thread.setUncaughtExceptionHandler((t, thrown) -> failure[0] = thrown);
          thread.start();
          thread.join();
          assertThat(failure[0]).isNull();
        });
  }

  private static void outcome(Policy.Kind kind, String json) {
    try {
      assertThat(Policy.parse("long", json, kind).name()).isEqualTo("long");
    } catch (MalformedPolicyException refused) {
      assertThat(refused.reason()).hasSizeLessThan(200);
    }
  }
}
