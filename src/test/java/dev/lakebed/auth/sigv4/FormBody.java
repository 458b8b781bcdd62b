package dev.lakebed.auth.sigv4;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lakebed.auth.form.PostForm;
import dev.lakebed.auth.form.PostForm.FormLimits;
import dev.lakebed.auth.sigv4.SigningKeys.SigningKey;
import dev.lakebed.http.Request;
import java.io.IOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** Builds browser forms and signs their policies. */
final class FormBody {
  static final String BOUNDARY = "----form";

  private final Map<String, String> fields = new LinkedHashMap<>();
  private String fileName = "photo.jpg";
  private String content = "hello";
  private String policy = "";

  /** A form that its own policy allows: bucket {@code b}, keys below {@code up/}, 1 to 10 bytes. */
  static FormBody valid() {
    return new FormBody()
        .field("key", "up/${filename}")
        .field("Content-Type", "image/jpeg")
        .field("x-amz-algorithm", "AWS4-HMAC-SHA256")
        .field("x-amz-credential", TestRequests.KEY + "/20260102/anywhere/s3/aws4_request")
        .field("x-amz-date", "20260102T030405Z")
        .policy(
            """
            {"expiration": "2026-01-02T04:00:00Z", "conditions": [
              {"bucket": "b"},
              ["starts-with", "$key", "up/"],
              ["starts-with", "$Content-Type", "image/"],
              {"x-amz-algorithm": "AWS4-HMAC-SHA256"},
              {"x-amz-credential": "%s/20260102/anywhere/s3/aws4_request"},
              ["eq", "$x-amz-date", "20260102T030405Z"],
              ["content-length-range", 1, 10]]}\
            """
                .formatted(TestRequests.KEY));
  }

  FormBody field(String name, String value) {
    fields.put(name, value);
    return this;
  }

  FormBody without(String name) {
    fields.remove(name);
    return this;
  }

  FormBody file(String name, String bytes) {
    fileName = name;
    content = bytes;
    return this;
  }

  /** Sets the policy and its signature. */
  FormBody policy(String json) {
    policy = json;
    String base64 = Base64.getEncoder().encodeToString(json.getBytes(UTF_8));
    CredentialScope scope = new CredentialScope("20260102", "anywhere", "s3");
    return field("policy", base64)
        .field("x-amz-signature", SigningKey.derive(TestRequests.SECRET, scope).sign(base64));
  }

  /** Changes the policy and signs it anew. */
  FormBody policyWith(String from, String to) {
    return policy(policy.replace(from, to));
  }

  String text() {
    StringBuilder out = new StringBuilder();
    fields.forEach(
        (name, value) ->
            out.append("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"")
                .append(name)
                .append("\"\r\n\r\n")
                .append(value)
                .append("\r\n"));
    return out.append("--" + BOUNDARY)
        .append("\r\nContent-Disposition: form-data; name=\"file\"; filename=\"")
        .append(fileName)
        .append("\"\r\nContent-Type: image/jpeg\r\n\r\n")
        .append(content)
        .append("\r\n--" + BOUNDARY + "--\r\n")
        .toString();
  }

  static Request request(String body) {
    return TestRequests.request(
        "POST",
        "/b",
        TestRequests.headers(
            "Host", "h", "Content-Type", "multipart/form-data; boundary=" + BOUNDARY),
        body.getBytes(UTF_8));
  }

  PostForm read() throws IOException {
    return PostForm.read(request(text()), FormLimits.DEFAULT);
  }
}
