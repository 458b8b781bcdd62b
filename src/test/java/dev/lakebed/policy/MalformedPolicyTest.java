package dev.lakebed.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lakebed.policy.Policy.MalformedPolicyException;
import dev.lakebed.support.Evidence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused when a policy is written, and where; from the IAM policy grammar page. */
@Evidence("contract-5.1")
final class MalformedPolicyTest {
  private static MalformedPolicyException refused(String json, Policy.Kind kind) {
    MalformedPolicyException refusal =
        catchThrowableOfType(MalformedPolicyException.class, () -> Policy.parse("p", json, kind));
    assertThat(refusal).as(json).isNotNull();
    return refusal;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "x",
        "null",
        "[]",
        "{}",
        "{'Version':'2012-10-17'}",
        "{'Version':'2012-10-17','Statement':[]}",
        "{'Version':'2012-10-17','Statement':'x'}",
        "{'Version':'2012-10-17','Statement':[[]]}",
        "{'Version':'2011-10-17','Statement':[S]}",
        "{'Version':['2012-10-17'],'Statement':[S]}",
        "{'Id':1,'Statement':[S]}",
        "{'Statement':[S]} {}",
        "{'Statement':[S]",
        "{'Statement':[S],}",
        "{'Statement':[S],'Statement':[S]}",
        "{'Statement':[S],'statement':[S]}",
        "{'Statement':[S],'Comment':'x'}",
      })
  void documents(String json) {
    String statement = "{'Effect':'Allow','Action':'*','Resource':'*'}";
    refused(Asking.json(json.replace("S]", statement + "]")), Policy.Kind.IDENTITY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'Action':'*','Resource':'*'}",
        "{'Effect':'allow','Action':'*','Resource':'*'}",
        "{'Effect':['Allow'],'Action':'*','Resource':'*'}",
        "{'Effect':'Allow','Resource':'*'}",
        "{'Effect':'Allow','Action':'*'}",
        "{'Effect':'Allow','Action':[],'Resource':'*'}",
        "{'Effect':'Allow','Action':'*','Resource':[]}",
        "{'Effect':'Allow','Action':'*','NotAction':'*','Resource':'*'}",
        "{'Effect':'Allow','Action':'*','Resource':'*','NotResource':'*'}",
        "{'Effect':'Allow','Action':'*','Resource':'*','Extra':'*'}",
        "{'Effect':'Allow','action':'*','Resource':'*'}",
        "{'Effect':'Allow','Action':'GetObject','Resource':'*'}",
        "{'Effect':'Allow','Action':'s3:','Resource':'*'}",
        "{'Effect':'Allow','Action':'','Resource':'*'}",
        "{'Effect':'Allow','Action':'s3:${aws:username}','Resource':'*'}",
        "{'Effect':'Allow','Action':7,'Resource':'*'}",
        "{'Effect':'Allow','Action':[['*']],'Resource':'*'}",
        "{'Effect':'Allow','Action':null,'Resource':'*'}",
        "{'Effect':'Allow','Action':'*','Resource':'bucket/*'}",
        "{'Effect':'Allow','Action':'*','Resource':''}",
        "{'Effect':'Allow','Action':'*','Resource':'arn:aws:s3:b'}",
        "{'Effect':'Allow','Action':'*','Resource':'ARN:aws:s3:::b'}",
        "{'Effect':'Allow','Action':'*','Resource':'arn:aws:s3:::${aws:username'}",
        "{'Effect':'Allow','Action':'*','Resource':'arn:aws:s3:::${}'}",
        "{'Effect':'Allow','Action':'*','Resource':'arn:aws:s3:::${a${b}}'}",
        "{'Effect':'Allow','Action':'*','Resource':'arn:aws:s3:::\\ud83d*'}",
        "{'Sid':1,'Effect':'Allow','Action':'*','Resource':'*'}",
        "{'Sid':'a','Effect':'Allow','Action':'*','Resource':'*'},"
            + "{'Sid':'a','Effect':'Allow','Action':'*','Resource':'*'}",
        "{'Effect':'Allow','Effect':'Deny','Action':'*','Resource':'*'}",
      })
  void statements(String statements) {
    refused(Asking.policy(statements), Policy.Kind.IDENTITY);
    refused(Asking.policy(statements), Policy.Kind.SESSION);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "'x'",
        "{'StringEquals':'x'}",
        "{'StringEquals':{'a:b':[]}}",
        "{'StringEquals':{'a:b':null}}",
        "{'StringEquals':{'a:b':[null]}}",
        "{'StringEquals':{'a:b':{'c':'d'}}}",
        "{'StringEquals':{'ab':'x'}}",
        "{'StringEquals':{'a:b':'x','A:B':'y'}}",
        "{'StringEquals':{'a:b':'x'},'StringEquals':{'a:c':'x'}}",
        "{'StringMatches':{'a:b':'x'}}",
        "{'stringEquals':{'a:b':'x'}}",
        "{'ForSomeValues:StringEquals':{'a:b':'x'}}",
        "{'ForAllValues:ForAnyValue:StringEquals':{'a:b':'x'}}",
        "{'StringEqualsIfExistsIfExists':{'a:b':'x'}}",
        "{'NullIfExists':{'a:b':'true'}}",
        "{'Null':{'a:b':'maybe'}}",
        "{'Bool':{'a:b':'1'}}",
        "{'NumericEquals':{'a:b':'ten'}}",
        "{'NumericEquals':{'a:b':'${aws:username}'}}",
        "{'NumericEquals':{'a:b':1e9}}",
        "{'DateLessThan':{'a:b':'2026-13-01'}}",
        "{'DateLessThan':{'a:b':'2026-01-01T00:00:00'}}",
        "{'DateLessThan':{'a:b':'tomorrow'}}",
        "{'IpAddress':{'a:b':'10.0.0.0/33'}}",
        "{'IpAddress':{'a:b':'10.0.0/24'}}",
        "{'IpAddress':{'a:b':'10.0.0.0/-1'}}",
        "{'IpAddress':{'a:b':'010.0.0.1'}}",
        "{'IpAddress':{'a:b':'::1/129'}}",
        "{'IpAddress':{'a:b':'fe80::1%eth0'}}",
        "{'IpAddress':{'a:b':'localhost'}}",
        "{'IpAddress':{'a:b':'::ffff:10.0.0.1/64'}}",
        "{'BinaryEquals':{'a:b':'!'}}",
        "{'ArnLike':{'a:b':'bucket'}}",
        "{'StringLike':{'a:b':'${'}}",
      })
  void conditions(String condition) {
    refused(
        Asking.policy(
            "{'Effect':'Allow','Action':'*','Resource':'*','Condition':" + condition + "}"),
        Policy.Kind.IDENTITY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'Principal':'arn:aws:iam::000000000000:user/a'",
        "'Principal':{}",
        "'Principal':[]",
        "'Principal':{'AWS':[]}",
        "'Principal':{'aws':'*'}",
        "'Principal':{'AWS':'alice'}",
        "'Principal':{'AWS':'12345'}",
        "'Principal':{'AWS':'arn:aws:iam::000000000000:user/*'}",
        "'Principal':{'AWS':'arn:aws:iam::*:root'}",
        "'Principal':{'AWS':'arn:aws:s3:::bucket'}",
        "'Principal':{'AWS':'arn:aws:iam::000000000000:group/g'}",
        "'Principal':{'AWS':'arn:aws:iam::000000000000:user/a?'}",
        "'Principal':{'Service':'*'}",
        "'Principal':{'Federated':'*'}",
        "'Principal':{'CanonicalUser':'79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be'}",
        "'NotPrincipal':'*'",
        "'Principal':'*','NotPrincipal':'*'",
        "'Sid':'none'",
      })
  void principals(String principal) {
    String statement = "{'Effect':'Allow'," + principal + ",'Action':'sts:AssumeRole'";
    refused(Asking.policy(statement + ",'Resource':'*'}"), Policy.Kind.RESOURCE);
    refused(Asking.policy(statement + "}"), Policy.Kind.TRUST);
  }

  @Test
  void each_kind_has_its_elements() {
    String own = "{'Effect':'Allow','Action':'*','Resource':'*'}";
    String resource = "{'Effect':'Allow','Principal':'*','Action':'*','Resource':'*'}";
    String trust = "{'Effect':'Allow','Principal':'*','Action':'*'}";
    String notPrincipal =
        "{'Effect':'Deny','NotPrincipal':{'AWS':'000000000000'},'Action':'*','Resource':'*'}";
    accepted(own, Policy.Kind.IDENTITY, Policy.Kind.SESSION);
    accepted(resource, Policy.Kind.RESOURCE);
    accepted(trust, Policy.Kind.TRUST);
    accepted(notPrincipal, Policy.Kind.RESOURCE);
  }

  private static void accepted(String statement, Policy.Kind... kinds) {
    for (Policy.Kind kind : Policy.Kind.values()) {
      if (java.util.List.of(kinds).contains(kind)) {
        assertThatCode(() -> Policy.parse("p", Asking.policy(statement), kind))
            .doesNotThrowAnyException();
      } else {
        refused(Asking.policy(statement), kind);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'Statement':{'Effect':'Allow','Action':'*','Resource':'*','Condition':{}}}",
        "{'Id':'x','Version':'2008-10-17','Statement':{'Sid':'','Effect':'Deny','NotAction':"
            + "['s3:*'],'NotResource':'*','Condition':{'StringEquals':{}}}}",
        "{'Statement':[{'Effect':'Allow','Action':'new:Thing','Resource':'arn:aws:s3:::b/$x{}'}]}",
        "{'Version':'2012-10-17','Statement':[{'Effect':'Allow','Action':'s3:*','Resource':"
            + "['arn:aws:s3:::b/$','arn:aws:s3:::b/${*}${?}${$}']}]}",
      })
  void accepted_documents(String json) {
    assertThat(Policy.parse("p", Asking.json(json), Policy.Kind.IDENTITY).name()).isEqualTo("p");
  }

  @Test
  void the_error_names_line_and_column_of_the_offending_token() {
    String json =
        """
        {
          "Version": "2012-10-17",
          "Statement": [
            { "Effect": "Allow",
              "Action": ["s3:GetObject", "nonsense"],
              "Resource": "*" }
          ]
        }
        """;
    assertPlace(refused(json, Policy.Kind.IDENTITY), 5, 34);
    assertPlace(refused(json.replace("\"Effect\"", "\"Efect\""), Policy.Kind.IDENTITY), 4, 7);
    assertPlace(refused(json.replace("Allow", "allow"), Policy.Kind.IDENTITY), 4, 17);
    String good = json.replace("nonsense", "s3:*");
    assertPlace(refused(good, Policy.Kind.RESOURCE), 4, 5);
    assertPlace(refused(good.replace("\"*\" }", "\"*\", }"), Policy.Kind.IDENTITY), 6, 24);
    assertPlace(refused(good + "x", Policy.Kind.IDENTITY), 9, 1);
    assertThat(refused(json, Policy.Kind.IDENTITY).reason())
        .isEqualTo("malformed action \"nonsense\", expected service:name");
    assertThat(refused(json, Policy.Kind.IDENTITY)).hasMessageEndingWith("(line 5, column 34)");
  }

  private static void assertPlace(MalformedPolicyException refusal, int line, int column) {
    assertThat(refusal.line()).as(refusal.getMessage()).isEqualTo(line);
    assertThat(refusal.column()).as(refusal.getMessage()).isEqualTo(column);
  }

  @Test
  void deep_and_long_documents_are_refused_without_exhausting_anything() {
    for (String open : new String[] {"[", "{\"a\":", "{\"Statement\":["}) {
      assertThat(refused(open.repeat(5_000), Policy.Kind.IDENTITY).reason()).contains("deeper");
    }
    String padded = " ".repeat(Node.NodeReader.MAX_LENGTH) + Asking.FULL_ACCESS;
    assertThat(refused(padded, Policy.Kind.IDENTITY).reason()).contains("longer");
  }

  @Test
  void a_message_shows_no_control_characters_and_no_long_values() {
    String evil = "\\u0007\\r\\n" + "x".repeat(5000);
    String message =
        refused(Asking.statement("Allow", "s3:GetObject", evil), Policy.Kind.IDENTITY).getMessage();
    assertThat(message).hasSizeLessThan(300).doesNotContain("\r", "\n", "\u0007");
  }
}
