package dev.lakebed.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakebed.policy.Policy.MalformedPolicyException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Principals are replaced in the text, and nothing else is touched. */
final class PrincipalTextTest {
  private static final String DOCUMENT =
      """
      { "Version" : "2012-10-17",
        "Statement":[
         {"Condition":{"StringEquals":{"aws:PrincipalArn":"old"}},"Principal":{"AWS":
            ["old" , "ke\\u0065p", "o\\u006cd"], "Service":"old.example"},"Resource":"old"},
         {"NotPrincipal" : {"Federated":"old","AWS":"old"}, "Sid":"old"},
         {"Principal":"*"}
        ] }
      """;

  @Test
  void each_principal_is_replaced_where_it_stands() {
    List<String> asked = new ArrayList<>();
    String replaced =
        PrincipalText.replace(
            DOCUMENT,
            (type, principal) -> {
              asked.add(type + " " + principal);
              return type.equals("AWS") && principal.equals("old") ? "a \"new\" one" : principal;
            });
    assertThat(asked)
        .containsExactly(
            "AWS old", "AWS keep", "AWS old", "Service old.example", "Federated old", "AWS old");
    assertThat(replaced)
        .isEqualTo(
            DOCUMENT
                .replace("[\"old\" ,", "[\"a \\\"new\\\" one\" ,")
                .replace("\"o\\u006cd\"", "\"a \\\"new\\\" one\"")
                .replace("\"AWS\":\"old\"", "\"AWS\":\"a \\\"new\\\" one\""));
  }

  @Test
  void a_single_statement_needs_no_array() {
    assertThat(
            PrincipalText.replace(
                "{\"Statement\":{\"Principal\":{\"AWS\":\"a\"}}}", (type, principal) -> "b"))
        .isEqualTo("{\"Statement\":{\"Principal\":{\"AWS\":\"b\"}}}");
  }

  @Test
  void what_is_no_policy_is_refused() {
    assertThatThrownBy(() -> PrincipalText.replace("[", (type, principal) -> principal))
        .isInstanceOf(MalformedPolicyException.class);
  }
}
