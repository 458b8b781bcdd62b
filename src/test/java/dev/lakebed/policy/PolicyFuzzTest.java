package dev.lakebed.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Whatever the text, the parser compiles it or refuses it with a place; nothing else escapes. */
final class PolicyFuzzTest {
  @FuzzTest(maxDuration = "60s")
  void any_text_is_compiled_or_refused(byte[] data) {
    String json = new String(data, StandardCharsets.UTF_8);
    for (Policy.Kind kind : Policy.Kind.values()) {
      try {
        assertThat(decide(Policy.parse("fuzz", json, kind)).reason()).isNotEmpty();
      } catch (MalformedPolicyException refused) {
        assertThat(refused.line()).isPositive();
        assertThat(refused.column()).isPositive();
      }
    }
  }

  private static Decision decide(Policy policy) {
    Asking asking =
        Asking.session()
            .with("aws:username", "*")
            .with("s3:prefix", "wh/t/", "x")
            .with("aws:SourceIp", "2001:db8::1")
            .with("aws:CurrentTime", "2026-01-01T00:00:00Z");
    List<Policy> policies = List.of(policy);
    return switch (policy.kind()) {
      case IDENTITY, SESSION ->
          asking
              .grants(new Grants(policies, Optional.of(policy), policies, false))
              .decide("s3:GetObject", "arn:aws:s3:::wh/t/x");
      case RESOURCE ->
          new Asking(asking.subject(), Grants.NONE, policies, asking.owner(), asking.keys())
              .decide("s3:GetObject", "arn:aws:s3:::wh/t/x");
      case TRUST ->
          PolicyEngine.decideTrust(policy, asking.question("sts:AssumeRole", Asking.ROLE));
    };
  }
}
