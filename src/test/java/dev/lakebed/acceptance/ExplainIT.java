package dev.lakebed.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lakebed.support.Evidence;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * A refusal can be followed from the client's answer to the deciding rule: by the encoded message,
 * the audit trail and {@code lakebed explain}; and sessions end by {@code lakebed revoke}.
 */
@Evidence({"promise-8", "catalog-L3"})
@AcceptanceTest
class ExplainIT {
  private static final String DATA =
      Path.of(System.getProperty("acceptance.directory"), "data").toString();

  private final Endpoint endpoint = Endpoint.deployed();
  private static final String MESSAGE = "x-lakebed-authorization-message";
  private final String bucket = "e-" + UUID.randomUUID().toString().substring(0, 8);

  private AwsSessionCredentials vended() {
    try (S3Client admin = endpoint.s3(Keys.ADMIN)) {
      admin.createBucket(create -> create.bucket(bucket));
    }
    return Keys.vended(endpoint, Keys.KEEPER, SessionPolicy.readWriteDelete(bucket, "t"));
  }

  @Test
  @Evidence("attack-79")
  void a_refusal_of_a_session_is_explained_and_in_the_audit_trail() throws Exception {
    AwsSessionCredentials keys = vended();
    String decision;
    try (S3Client s3 = endpoint.s3(keys)) {
      S3Exception refused =
          catchThrowableOfType(
              S3Exception.class,
              () ->
                  s3.putObject(
                      put ->
                          put.bucket(bucket)
                              .key("u/k")
                              .overrideConfiguration(with -> with.putHeader(MESSAGE, "true")),
                      RequestBody.fromString("x")));
      assertThat(refused.statusCode()).isEqualTo(403);
      decision = header(refused, "x-lakebed-decision-id");
      JsonObject document = decode(header(refused, MESSAGE));
      assertThat(document.getString("decisionId")).isEqualTo(decision);
      assertThat(document.getString("layer")).isEqualTo("SESSION");
      assertThat(document.getJsonObject("context").getString("resource"))
          .isEqualTo("arn:aws:s3:::" + bucket + "/u/k");
    }
    JsonObject line = audited(decision);
    assertThat(line.getString("decision")).isEqualTo("denied");
    assertThat(line.getString("action")).isEqualTo("s3:PutObject");
    assertThat(line.getString("sourceIp")).isEqualTo("127.0.0.1");
    assertThat(line.getInt("status")).isEqualTo(403);
    assertThat(line.getString("layer")).isEqualTo("SESSION");
    assertThat(line.getString("request")).isEqualTo("PUT /" + bucket + "/u/k");
    Result shown = lakebed("", "", List.of("explain", "--data", DATA, "--decision", decision));
    assertThat(shown.exit()).as(shown.output()).isZero();
    assertThat(shown.output())
        .containsPattern("decision id: +" + decision)
        .containsPattern("layer: +SESSION")
        .containsPattern("session chain: +AKKEEPER")
        .containsPattern("resource: +arn:aws:s3:::" + bucket + "/u/k");
    JsonObject who = line.getJsonObject("who");
    assertThat(who.getString("type")).isEqualTo("AssumedRole");
    assertThat(who.getString("accessKeyId")).isEqualTo(keys.accessKeyId());
    assertThat(line.getJsonObject("session").getJsonArray("chain").getString(0))
        .as("the key of the human or program behind the session")
        .isEqualTo("AKKEEPER");
    assertThat(line.toString())
        .doesNotContain(keys.secretAccessKey())
        .doesNotContain(keys.sessionToken());
  }

  @Test
  @Evidence("attack-79")
  void every_refusal_of_a_batch_and_every_attempt_to_administer_is_in_the_trail() throws Exception {
    AwsSessionCredentials keys = vended();
    List<ObjectIdentifier> two =
        Stream.of("u/first", "u/second")
            .map(key -> ObjectIdentifier.builder().key(key).build())
            .toList();
    try (S3Client s3 = endpoint.s3(keys)) {
      List<S3Error> errors =
          s3.deleteObjects(delete -> delete.bucket(bucket).delete(list -> list.objects(two)))
              .errors();
      assertThat(errors).extracting(S3Error::code).containsOnly("AccessDenied").hasSize(2);
    }
    JsonObject batch = audited("arn:aws:s3:::" + bucket + "/u/second");
    assertThat(batch.getString("resource")).isEqualTo("arn:aws:s3:::" + bucket + "/u/first");
    assertThat(batch.getInt("denials")).isEqualTo(2);
    assertThat(batch.getJsonArray("furtherDenials").getJsonObject(0).getString("decisionId"))
        .matches("[0-9A-F]{16}");
    try (S3Client admin = endpoint.s3(Keys.ADMIN)) {
      assertThat(
              Outcome.of(
                  () ->
                      admin.putBucketVersioning(
                          put ->
                              put.bucket(bucket)
                                  .versioningConfiguration(v -> v.status("Enabled")))))
          .isEqualTo("501 NotImplemented");
    }
    JsonObject attempt = audited("PutBucketVersioning\",\"request\":\"PUT /" + bucket);
    assertThat(attempt.getString("operation")).isEqualTo("PutBucketVersioning");
  }

  @Test
  void only_who_may_decode_reads_a_message() {
    try (S3Client keeper = endpoint.s3(Keys.KEEPER);
        StsClient sts = endpoint.sts(Keys.KEEPER)) {
      S3Exception refused =
          catchThrowableOfType(
              S3Exception.class,
              () ->
                  keeper.createBucket(
                      create ->
                          create
                              .bucket(bucket)
                              .overrideConfiguration(with -> with.putHeader(MESSAGE, "true"))));
      String message = header(refused, MESSAGE);
      assertThat(
              Outcome.of(
                  () -> sts.decodeAuthorizationMessage(decode -> decode.encodedMessage(message))))
          .isEqualTo("403 AccessDenied");
    }
    try (StsClient admin = endpoint.sts(Keys.ADMIN)) {
      assertThat(
              Outcome.of(
                  () -> admin.decodeAuthorizationMessage(decode -> decode.encodedMessage("x"))))
          .isEqualTo("400 InvalidAuthorizationMessageException");
    }
  }

  @Test
  @Evidence("attack-80")
  void a_revoked_session_is_refused_in_the_middle_of_its_upload() throws Exception {
    AwsSessionCredentials keys = vended();
    try (S3Client s3 = endpoint.s3(keys)) {
      String upload = s3.createMultipartUpload(c -> c.bucket(bucket).key("t/k")).uploadId();
      s3.uploadPart(
          part -> part.bucket(bucket).key("t/k").uploadId(upload).partNumber(1),
          RequestBody.fromString("x"));
      Result refused = lakebed("AKKEEPER", "keeper-secret-of-the-tests", revoke(keys));
      assertThat(refused.exit()).as(refused.output()).isEqualTo(1);
      assertThat(refused.output()).contains("AccessDenied", "iam:RevokeSession");
      Result revoked = lakebed("admin", "admin", revoke(keys));
      assertThat(revoked.exit()).as(revoked.output()).isZero();
      assertThat(
              Outcome.of(
                  () ->
                      s3.uploadPart(
                          part -> part.bucket(bucket).key("t/k").uploadId(upload).partNumber(2),
                          RequestBody.fromString("x"))))
          .isEqualTo("403 InvalidAccessKeyId");
      assertThat(
              Outcome.of(
                  () ->
                      s3.completeMultipartUpload(
                          c -> c.bucket(bucket).key("t/k").uploadId(upload))))
          .isEqualTo("403 InvalidAccessKeyId");
    }
  }

  @Test
  void the_command_answers_offline_from_the_same_engine() throws Exception {
    List<String> question =
        List.of(
            "explain",
            "--config",
            "src/test/resources/config/seed.json",
            "--config",
            "src/test/resources/config/acceptance.json",
            "--principal",
            "AKKEEPER",
            "--resource",
            "arn:aws:s3:::b/k",
            "--action");
    Result allowed = lakebed("", "", with(question, "s3:GetObject"));
    assertThat(allowed.exit()).as(allowed.output()).isZero();
    assertThat(allowed.output()).contains("decision:", "allowed", "IDENTITY");
    Result denied = lakebed("", "", with(question, "s3:PutBucketPolicy"));
    assertThat(denied.exit()).as(denied.output()).isEqualTo(1);
    assertThat(denied.output()).contains("implicit deny");
  }

  private List<String> revoke(AwsSessionCredentials keys) {
    return List.of(
        "revoke", "--endpoint", endpoint.uri().toString(), "--session", keys.accessKeyId());
  }

  private static List<String> with(List<String> words, String last) {
    List<String> all = new ArrayList<>(words);
    all.add(last);
    return all;
  }

  private record Result(int exit, String output) {}

  private static Result lakebed(String key, String secret, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of("lakebed").toAbsolutePath().toString());
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("AWS_ACCESS_KEY_ID", key);
    builder.environment().put("AWS_SECRET_ACCESS_KEY", secret);
    builder.environment().remove("AWS_SESSION_TOKEN");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    return new Result(process.exitValue(), output);
  }

  private JsonObject decode(String message) {
    try (StsClient sts = endpoint.sts(Keys.ADMIN)) {
      return json(
          sts.decodeAuthorizationMessage(decode -> decode.encodedMessage(message))
              .decodedMessage());
    }
  }

  /** The line is written by another thread after the answer. */
  private static JsonObject audited(String decision) throws IOException {
    Path trail = Path.of(DATA, "audit/audit.jsonl");
    Instant limit = Instant.now().plus(Duration.ofMinutes(1));
    while (true) {
      Optional<String> line =
          Files.readAllLines(trail).stream().filter(text -> text.contains(decision)).findFirst();
      if (line.isPresent()) {
        return json(line.get());
      }
      assertThat(Instant.now()).as("no line with " + decision).isBefore(limit);
      Thread.onSpinWait();
    }
  }

  private static JsonObject json(String text) {
    try (var reader = Json.createReader(new StringReader(text))) {
      return reader.readObject();
    }
  }

  private static String header(S3Exception refused, String name) {
    return refused.awsErrorDetails().sdkHttpResponse().firstMatchingHeader(name).orElseThrow();
  }
}
