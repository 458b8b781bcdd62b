package dev.lakebed.attack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakebed.kit.Answer;
import dev.lakebed.kit.Message;
import dev.lakebed.kit.Signing;
import dev.lakebed.support.Evidence;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hostile and oversized documents. Limits and codes as AWS documents them. */
class DocumentIT {
  private static final String[] SUBRESOURCES = {
    "/attacked?delete",
    "/attacked?cors",
    "/attacked?lifecycle",
    "/attacked?tagging",
    "/attacked/row55?tagging",
    "/attacked?abac",
    "/attacked?acl",
    "/attacked?object-lock",
    "/attacked?notification",
    "/attacked?website",
    "/attacked/row55?uploadId=x"
  };

  private static final List<String> BUILT =
      List.of("delete", "uploadId", "tagging", "abac", "cors");

  @RegisterExtension private final Attack attack = new Attack();

  private Answer send(String target, String body) throws IOException {
    boolean post = target.contains("delete") || target.contains("uploadId");
    return attack.send(
        attack.signed(
            attack
                .message(post ? "POST" : "PUT", target)
                .header("Content-MD5", md5(body))
                .body(body.getBytes(UTF_8))));
  }

  private static String md5(String body) {
    try {
      return Base64.getEncoder()
          .encodeToString(MessageDigest.getInstance("MD5").digest(body.getBytes(UTF_8)));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Test
  @Evidence("attack-55")
  void external_entities_reach_nobody() throws IOException {
    try (ServerSocket outside = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
      outside.setSoTimeout(1);
      String url = "http://127.0.0.1:" + outside.getLocalPort() + "/x.dtd";
      for (String target : SUBRESOURCES) {
        for (String document : hostile(url)) {
          Answer reply = send(target, document);
          boolean built = BUILT.stream().anyMatch(target::contains);
          assertThat(reply.status() + " " + reply.code())
              .as(target)
              .isEqualTo(built ? "400 MalformedXML" : "501 NotImplemented");
          assertThat(reply.text()).doesNotContain("root:");
        }
      }
      // Who had connected would wait in the queue of the socket.
      assertThatThrownBy(outside::accept).isInstanceOf(SocketTimeoutException.class);
    }
  }

  private static List<String> hostile(String url) {
    String document = "<Delete><Object><Key>&x;</Key></Object></Delete>";
    return List.of(
        "<!DOCTYPE Delete [<!ENTITY x SYSTEM \"%s\">]>%s".formatted(url, document),
        "<!DOCTYPE Delete SYSTEM \"%s\"><Delete/>".formatted(url),
        "<!DOCTYPE Delete [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>" + document);
  }

  @Test
  @Evidence("attack-55")
  void external_entity_in_a_batch_delete_is_malformed() throws IOException {
    attack.refused(
        send(
            "/attacked?delete",
            "<!DOCTYPE d [<!ENTITY x \"y\">]><Delete><Object><Key>&x;</Key></Object></Delete>"),
        400,
        "MalformedXML");
  }

  @Test
  @Evidence("attack-55")
  void billion_laughs() throws IOException {
    StringBuilder entities = new StringBuilder("<!ENTITY e0 \"laugh\">");
    for (int i = 1; i < 12; i++) {
      entities.append("<!ENTITY e%d \"%s\">".formatted(i, ("&e" + (i - 1) + ";").repeat(10)));
    }
    attack.refused(
        send(
            "/attacked?delete",
            "<!DOCTYPE d [%s]><Delete><Object><Key>&e11;</Key></Object></Delete>"
                .formatted(entities)),
        400,
        "MalformedXML");
  }

  @Test
  @Evidence("attack-56")
  void a_thousand_and_one_deletes() throws IOException {
    attack.store("/attacked/row56", "x");
    String body = "<Delete>" + "<Object><Key>row56</Key></Object>".repeat(1001) + "</Delete>";
    attack.refused(send("/attacked?delete", body), 400, "MalformedXML");
    assertThat(attack.get("/attacked/row56").text()).isEqualTo("x");
  }

  @Test
  @Evidence("attack-56")
  void too_many_or_too_deep_elements() throws IOException {
    attack.refused(
        send("/attacked?delete", "<Delete>" + "<Object/>".repeat(100_000) + "</Delete>"),
        400,
        "MalformedXML");
    attack.refused(
        send(
            "/attacked?delete",
            "<Delete>" + "<a>".repeat(20_000) + "</a>".repeat(20_000) + "</Delete>"),
        400,
        "MalformedXML");
  }

  @Test
  @Evidence("attack-56")
  void a_gibibyte_announced_for_a_document() throws IOException {
    Message message =
        attack.signed(
            attack
                .message("POST", "/attacked?delete")
                .header("Content-MD5", md5(""))
                .header("Content-Length", "1073741824"));
    try (Link link = attack.connect()) {
      link.send(message.head());
      attack.refused(link.receive("POST"), 400, "MaxMessageLengthExceeded");
    }
  }

  @Test
  @Evidence("attack-56")
  void ten_thousand_and_one_parts() throws IOException {
    String id =
        attack
            .send(attack.signed(attack.message("POST", "/attacked/row56p?uploads")))
            .element("UploadId");
    StringBuilder body = new StringBuilder("<CompleteMultipartUpload>");
    for (int part = 1; part <= 10_001; part++) {
      body.append(
          "<Part><PartNumber>%d</PartNumber><ETag>\"%s\"</ETag></Part>"
              .formatted(part, "0".repeat(32)));
    }
    Answer reply =
        send(
            "/attacked/row56p?uploadId=" + id,
            body.append("</CompleteMultipartUpload>").toString());
    attack.refused(reply, 400, "MalformedXML");
    attack.nothingAt("row56p");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"Version\":\"2012-10-17\",\"Version\":\"2012-10-17\",\"Statement\":[]}",
        "{\"Version\":\"2012-10-17\"",
        "[]",
        "nothing"
      })
  @Evidence("attack-56")
  void broken_session_policies(String policy) throws IOException {
    refusedPolicy(policy, "MalformedPolicyDocument");
  }

  @Test
  @Evidence("attack-56")
  void deep_session_policy() throws IOException {
    refusedPolicy(
        "{\"Statement\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}", "PackedPolicyTooLarge");
    refusedPolicy(
        "{\"Statement\":" + "[".repeat(1000) + "]".repeat(1000) + "}", "MalformedPolicyDocument");
  }

  private void refusedPolicy(String policy, String code) throws IOException {
    Answer reply =
        attack.sts(
            Users.OWNER,
            "Action=AssumeRole&Version=2011-06-15&RoleSessionName=attack&ExternalId=warehouse-7"
                + "&RoleArn=arn%3Aaws%3Aiam%3A%3A000000000000%3Arole%2FVended&Policy="
                + Signing.encode(policy, false));
    attack.refused(reply, 400, code);
  }
}
