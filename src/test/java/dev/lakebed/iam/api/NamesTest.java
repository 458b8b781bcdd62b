package dev.lakebed.iam.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakebed.kit.Answer;
import dev.lakebed.operation.Protocol.Kind;
import dev.lakebed.support.Registries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The names of actions: the 181 of the service model of 2010-05-08, and any other. */
class NamesTest {
  private static final List<String> BUILT = Registries.names(Kind.IAM, true).toList();

  /** Lists of what nobody can have here. */
  private static final Set<String> EMPTY =
      Set.of(
          "ListMFADevices",
          "ListSSHPublicKeys",
          "ListServerCertificates",
          "ListServiceSpecificCredentials",
          "ListSigningCertificates",
          "ListVirtualMFADevices");

  private static final IamServer SERVER = IamServer.start();

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  static List<String> all() throws IOException {
    return Files.readAllLines(Path.of("src/test/resources/iam/actions.txt"));
  }

  @Test
  void are_as_many_as_in_the_model() throws IOException {
    assertThat(all()).doesNotHaveDuplicates().hasSize(181);
  }

  /** What the document lists as built is built, and nothing else is. */
  @ParameterizedTest
  @MethodSource("all")
  void say_what_is_built_and_what_is_not(String action) {
    Answer answer = SERVER.call(action, "Unheard", "of");
    if (BUILT.contains(action) || EMPTY.contains(action)) {
      assertThat(answer.outcome()).isEqualTo("400 ValidationError");
      assertThat(answer.element("Message")).contains("has no parameter 'Unheard'");
    } else {
      assertThat(answer.outcome()).isEqualTo("501 NotImplemented");
      assertThat(answer.element("Type")).isEqualTo("Receiver");
      assertThat(answer.element("Message")).isEqualTo(action + " is not implemented");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Nonsense", "createUser", "CreateUser2", "PassRole", "GetCallerIdentity"})
  void that_are_in_no_model_are_invalid(String action) {
    assertThat(SERVER.call(action).outcome()).isEqualTo("400 InvalidAction");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "AssumeRole",
        "AssumeRoleWithSAML",
        "AssumeRoleWithWebIdentity",
        "DecodeAuthorizationMessage",
        "GetAccessKeyInfo",
        "GetCallerIdentity",
        "GetFederationToken",
        "GetSessionToken",
        "GetWebIdentityToken"
      })
  void of_sts_are_built(String action) {
    Answer answer = SERVER.sts(SERVER.key("ADMIN"), action, "Unheard", "of");
    assertThat(answer.outcome()).isEqualTo("400 ValidationError");
    assertThat(answer.element("Message")).contains("has no parameter 'Unheard'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"AssumeRoot", "GetDelegatedAccessToken"})
  void of_sts_that_need_an_organisation_are_refused_as_the_model_says(String action) {
    assertThat(SERVER.sts(SERVER.key("ADMIN"), action).outcome())
        .isEqualTo("403 RegionDisabledException");
  }

  @Test
  void of_sts_that_are_not_built_say_so() {
    Answer answer = SERVER.sts(SERVER.key("ADMIN"), "GetScopedCredentials");
    assertThat(answer.outcome()).isEqualTo("501 NotImplemented");
    assertThat(answer.element("Message")).isEqualTo("GetScopedCredentials is not implemented");
  }

  @Test
  void of_sts_that_are_in_no_model_are_invalid() {
    assertThat(SERVER.sts(SERVER.key("ADMIN"), "CreateUser").outcome())
        .isEqualTo("400 InvalidAction");
  }
}
