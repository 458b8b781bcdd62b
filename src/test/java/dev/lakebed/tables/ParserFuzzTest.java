package dev.lakebed.tables;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.lakebed.http.PercentEncoding;
import dev.lakebed.http.RequestBody;
import dev.lakebed.kit.Answer;
import dev.lakebed.kit.PolicyCaller;
import dev.lakebed.kit.TestBody;
import dev.lakebed.support.Evidence;
import jakarta.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;

/** Whatever comes, the answer is one of the protocol's own errors, never 500. */
@Evidence("attack-56")
class ParserFuzzTest {
  private static final Set<Integer> EXPECTED = Set.of(200, 400, 403, 404, 405, 409, 413, 501);

  private final TableServer s3tables = TableServer.inMemory();

  @FuzzTest(maxDuration = "60s")
  void any_body_is_answered(FuzzedDataProvider data) {
    RequestBody body = TestBody.of(data.consumeRemainingAsBytes());
    assertThat(s3tables.call(PolicyCaller.root(), "PUT", "/buckets", body).status()).isIn(EXPECTED);
  }

  @FuzzTest(maxDuration = "60s")
  void any_path_is_answered(FuzzedDataProvider data) {
    String method = data.pickValue(new String[] {"GET", "PUT", "DELETE", "POST"});
    answers(method, "/" + data.consumeRemainingAsString());
  }

  @Property
  void any_label_is_answered(@ForAll @StringLength(max = 200) String label) {
    String encoded = PercentEncoding.encode(label.getBytes(StandardCharsets.UTF_8), false);
    answers("GET", "/buckets/" + encoded);
    answers("GET", "/tables/" + s3tables.label + '/' + encoded + "/t/metadata-location");
    answers("GET", "/tag/" + encoded);
    answers("GET", "/get-table?tableArn=" + encoded);
    answers("GET", "/namespaces/" + s3tables.label + "?continuationToken=" + encoded);
  }

  @Property
  void any_string_is_answered_as_a_value(@ForAll @StringLength(max = 100) String text) {
    String quoted = Json.createValue(text).toString();
    String body =
        "{\"name\":%s,\"versionToken\":%s,\"metadataLocation\":%s}"
            .formatted(quoted, quoted, quoted);
    for (String path : new String[] {"/ns", "/ns/t/metadata-location", "/ns/t/rename"}) {
      assertThat(s3tables.root("PUT", "/tables/" + s3tables.label + path, body).status())
          .isIn(EXPECTED);
    }
  }

  private void answers(String method, String target) {
    Answer answer = s3tables.root(method, target);
    assertThat(answer.status()).isIn(EXPECTED);
    assertThat(answer.code()).isNotEqualTo("InvalidSignatureException");
    // The edge, which answers for S3, does not repeat what it cannot read.
    assertThat(answer.element("Message")).doesNotContain("/");
  }
}
