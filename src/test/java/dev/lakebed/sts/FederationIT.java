package dev.lakebed.sts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import dev.lakebed.http.Headers;
import dev.lakebed.kit.Answer;
import dev.lakebed.support.Evidence;
import dev.lakebed.support.LakebedProcess;
import jakarta.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleWithSamlResponse;
import software.amazon.awssdk.services.sts.model.AssumeRoleWithWebIdentityResponse;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.ExpiredTokenException;
import software.amazon.awssdk.services.sts.model.GetWebIdentityTokenResponse;
import software.amazon.awssdk.services.sts.model.InvalidIdentityTokenException;
import software.amazon.awssdk.services.sts.model.StsException;

/**
 * Log-in through an OpenID Connect provider, a SAML provider and an LDAP directory, against a
 * running server, with the AWS SDK for Java. Expectations: AWS API reference.
 */
class FederationIT {
  private static final AwsCredentials ADMIN =
      AwsBasicCredentials.create("AKADMIN", "secretsecretsecret");
  private static final String BUCKET = "federated";

  private static final IdentityServer OIDC = new IdentityServer();
  private static final SamlProviderKit SAML = new SamlProviderKit();
  private static InMemoryDirectoryServer ldap;
  private static LakebedProcess server;
  private static StsClient anybody;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    ldap = People.directory();
    Path config = Files.writeString(folder.resolve("iam.json"), config());
    server =
        LakebedProcess.serve(
            Files.createTempDirectory("lakebed-federation"),
            List.of("--config", config.toString(), "--bucket", BUCKET),
            Map.of());
    anybody = sts(AnonymousCredentialsProvider.create());
  }

  @AfterAll
  static void stop() {
    anybody.close();
    server.close();
    ldap.shutDown(true);
    OIDC.close();
  }

  private static String config() {
    return """
    {"identities":[{"name":"admin","actions":["Admin"],
      "credentials":[{"accessKey":"AKADMIN","secretKey":"secretsecretsecret"}]}],
     "sts":{"issuer":"http://lake.example/-/oidc","tokenDuration":"30m",
      "providers":[{"name":"keycloak","type":"oidc","config":{
       "issuer":"%1$s","clientId":"lakebed","allowHttp":true,
       "roleMapping":{"rules":[{"claim":"groups","value":"writers","role":"Writer"}],
         "defaultRole":"Reader"}}}]},
     "providers":[%3$s,
      {"name":"corp-saml","type":"saml","config":{"metadata":%4$s}}],
     "policies":[
      {"name":"All","document":{"Version":"2012-10-17","Statement":[
       {"Effect":"Allow","Action":["s3:*","sts:GetWebIdentityToken"],"Resource":"*"}]}},
      {"name":"Read","document":{"Version":"2012-10-17","Statement":[
       {"Effect":"Allow","Action":["s3:GetObject","s3:ListBucket"],"Resource":"*"}]}}],
     "roles":[
      {"roleName":"Writer","attachedPolicies":["All"],"trustPolicy":%5$s},
      {"roleName":"Reader","attachedPolicies":["Read"],"trustPolicy":%5$s}]}
    """
        .formatted(
            OIDC.issuer(),
            OIDC.name(),
            People.provider(ldap.getListenPort()),
            Json.createValue(SAML.metadata()),
            trust());
  }

  private static String trust() {
    return """
    {"Version":"2012-10-17","Statement":[
     {"Effect":"Allow","Principal":{"Federated":"%s"},
      "Action":"sts:AssumeRoleWithWebIdentity"},
     {"Effect":"Allow","Principal":{"Federated":"arn:aws:iam::000000000000:ldap-provider/corp"},
      "Action":"sts:AssumeRoleWithLDAPIdentity"},
     {"Effect":"Allow",
      "Principal":{"Federated":"arn:aws:iam::000000000000:saml-provider/corp-saml"},
      "Action":"sts:AssumeRoleWithSAML"}]}\
    """
        .formatted(OIDC.arn());
  }

  private static StsClient sts(AwsCredentialsProvider credentials) {
    return StsClient.builder()
        .endpointOverride(server.endpoint())
        .region(Region.US_EAST_1)
        .credentialsProvider(credentials)
        .build();
  }

  private static S3Client s3(Credentials credentials) {
    return S3Client.builder()
        .endpointOverride(server.endpoint())
        .region(Region.US_EAST_1)
        .forcePathStyle(true)
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsSessionCredentials.create(
                    credentials.accessKeyId(),
                    credentials.secretAccessKey(),
                    credentials.sessionToken())))
        .build();
  }

  private static boolean mayWrite(Credentials credentials) {
    try (S3Client s3 = s3(credentials)) {
      s3.putObject(b -> b.bucket(BUCKET).key("k"), RequestBody.fromString("x"));
      return true;
    } catch (S3Exception refused) {
      assertThat(refused.statusCode()).isEqualTo(403);
      assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("AccessDenied");
      return false;
    }
  }

  private static JWTClaimsSet.Builder claims() {
    return OIDC.claims(Instant.now());
  }

  private static AssumeRoleWithWebIdentityResponse web(String role, String token) {
    return anybody.assumeRoleWithWebIdentity(
        b -> b.roleArn(Worlds.role(role)).roleSessionName("web").webIdentityToken(token));
  }

  private static String refusal(Supplier<?> call) {
    try {
      call.get();
      return "ok";
    } catch (StsException refused) {
      return refused.statusCode() + " " + refused.awsErrorDetails().errorCode();
    }
  }

  @Test
  void a_web_identity_reads_and_writes_by_its_role() {
    AssumeRoleWithWebIdentityResponse writer = web("Writer", OIDC.token(claims().build()));
    assertThat(writer.subjectFromWebIdentityToken()).isEqualTo("alice");
    assertThat(writer.provider()).isEqualTo(OIDC.issuer());
    assertThat(writer.audience()).isEqualTo("lakebed");
    assertThat(mayWrite(writer.credentials())).isTrue();
    assertThat(mayWrite(web("Reader", OIDC.token(claims().build())).credentials())).isFalse();
  }

  @Test
  void without_duration_the_configured_one_counts() {
    Instant before = Instant.now();
    Instant end = web("Writer", OIDC.token(claims().build())).credentials().expiration();
    assertThat(end).isBetween(before.plusSeconds(1799), Instant.now().plusSeconds(1801));
  }

  @Test
  void groups_of_the_token_choose_the_role() throws Exception {
    String writers = OIDC.token(claims().claim("groups", List.of("writers")).build());
    assertThat(
            post(
                Map.of(
                    "Action", "AssumeRoleWithWebIdentity",
                    "RoleSessionName", "web",
                    "WebIdentityToken", writers)))
        .contains(":assumed-role/Writer/web");
  }

  @Test
  @Evidence("attack-27")
  void expired_and_foreign_tokens_are_refused_with_the_modelled_errors() {
    assertThat(catchSts(OIDC.token(claims().expirationTime(new Date(1)).build())))
        .isInstanceOf(ExpiredTokenException.class);
    assertThat(catchSts(OIDC.token(claims().audience("other").build())))
        .isInstanceOf(InvalidIdentityTokenException.class);
    assertThat(catchSts(OIDC.token(claims().issuer("https://else.example").build())))
        .isInstanceOf(InvalidIdentityTokenException.class);
  }

  private static StsException catchSts(String token) {
    try {
      web("Writer", token);
      throw new AssertionError("accepted");
    } catch (StsException refused) {
      return refused;
    }
  }

  @Test
  @Evidence("attack-21")
  void algorithm_none_is_refused() {
    assertThat(catchSts(new PlainJWT(claims().build()).serialize()))
        .isInstanceOf(InvalidIdentityTokenException.class);
  }

  @Test
  @Evidence("attack-27")
  void a_key_that_the_provider_rotated_away_is_refused_and_the_new_one_accepted() {
    JWK old = IdentityServer.rsa("old");
    OIDC.rotate(old);
    String before = OIDC.token(claims().build());
    OIDC.rotate(IdentityServer.rsa("new"));
    assertThat(refusal(() -> web("Writer", OIDC.token(claims().build())))).isEqualTo("ok");
    assertThat(refusal(() -> web("Writer", before))).isEqualTo("400 InvalidIdentityToken");
  }

  @Test
  @Evidence("attack-28")
  void ldap_log_in_maps_groups_and_refuses_in_the_same_words() throws Exception {
    assertThat(ldap("alice", "alice-password")).contains(":assumed-role/Writer/alice");
    assertThat(ldap("bob", "bob-password")).contains(":assumed-role/Reader/bob");
    String wrong = ldap("alice", "wrong");
    assertThat(wrong).contains("<Code>AccessDenied</Code>");
    assertThat(withoutId(ldap("nobody", "wrong"))).isEqualTo(withoutId(wrong));
  }

  @Test
  void ldap_credentials_work() throws Exception {
    String answer = ldap("alice", "alice-password");
    assertThat(
            mayWrite(
                Credentials.builder()
                    .accessKeyId(element(answer, "AccessKeyId"))
                    .secretAccessKey(element(answer, "SecretAccessKey"))
                    .sessionToken(element(answer, "SessionToken"))
                    .build()))
        .isTrue();
  }

  @Test
  void a_saml_assertion_gives_credentials_once() {
    String assertion = saml("it1");
    AssumeRoleWithSamlResponse answer = assumeBySaml(assertion);
    assertThat(answer.subject()).isEqualTo("alice");
    assertThat(answer.subjectType()).isEqualTo("persistent");
    assertThat(mayWrite(answer.credentials())).isTrue();
    assertThat(refusal(() -> assumeBySaml(assertion))).isEqualTo("400 InvalidIdentityToken");
  }

  @Test
  @Evidence("attack-21")
  void a_wrapped_saml_signature_is_refused() {
    String signed = saml("it2");
    String good =
        signed.substring(
            signed.indexOf("<saml:Assertion"),
            signed.indexOf("</saml:Assertion>") + "</saml:Assertion>".length());
    String evil = good.replace(">alice<", ">root<").replace("ID=\"ait2\"", "ID=\"evil\"");
    assertThat(refusal(() -> assumeBySaml(signed.replace(good, evil + good))))
        .isEqualTo("400 InvalidIdentityToken");
    assertThat(refusal(() -> assumeBySaml(signed.replace(">alice<", ">root<"))))
        .isEqualTo("400 InvalidIdentityToken");
  }

  private static String saml(String id) {
    String xml =
        SamlProviderKit.response(id, "alice", Instant.now(), Worlds.role("Writer"))
            .replace(SamlProviderKit.ARN, SamlProviderKit.ARN + "-saml");
    return SAML.signed(xml, "a" + id);
  }

  private static AssumeRoleWithSamlResponse assumeBySaml(String xml) {
    return anybody.assumeRoleWithSAML(
        b ->
            b.roleArn(Worlds.role("Writer"))
                .principalArn(SamlProviderKit.ARN + "-saml")
                .samlAssertion(SamlProviderKit.encoded(xml)));
  }

  @Test
  void a_web_identity_token_of_this_server_is_verified_by_its_published_keys() throws Exception {
    try (StsClient admin = sts(StaticCredentialsProvider.create(ADMIN))) {
      for (String algorithm : List.of("RS256", "ES384")) {
        GetWebIdentityTokenResponse answer =
            admin.getWebIdentityToken(b -> b.audience("partner").signingAlgorithm(algorithm));
        SignedJWT token = SignedJWT.parse(answer.webIdentityToken());
        assertThat(isGood(token)).isTrue();
        assertThat(token.getJWTClaimsSet().getIssuer()).isEqualTo("http://lake.example/-/oidc");
        assertThat(token.getJWTClaimsSet().getAudience()).containsExactly("partner");
        assertThat(token.getJWTClaimsSet().getSubject())
            .isEqualTo("arn:aws:iam::000000000000:user/admin");
      }
    }
    assertThat(get("/-/oidc/.well-known/openid-configuration"))
        .contains("\"jwks_uri\":\"http://lake.example/-/oidc/jwks\"");
  }

  private static boolean isGood(SignedJWT token) throws Exception {
    JWK key = JWKSet.parse(get("/-/oidc/jwks")).getKeyByKeyId(token.getHeader().getKeyID());
    assertThat(key.isPrivate()).isFalse();
    return token.verify(
        new DefaultJWSVerifierFactory()
            .createJWSVerifier(token.getHeader(), ((AsymmetricJWK) key).toPublicKey()));
  }

  @Test
  @Evidence("attack-68")
  void no_password_and_no_token_is_in_the_log() throws Exception {
    String token = OIDC.token(claims().audience("other").build());
    assertThat(refusal(() -> web("Writer", token))).isEqualTo("400 InvalidIdentityToken");
    ldap("bob", "a-wrong-password-of-bob");
    assertThat(server.output())
        .doesNotContain(token)
        .doesNotContain("a-wrong-password-of-bob")
        .doesNotContain("service-password");
  }

  private static String ldap(String user, String password)
      throws IOException, InterruptedException {
    return post(
        Map.of(
            "Action",
            "AssumeRoleWithLDAPIdentity",
            "Version",
            "2011-06-15",
            "LDAPUsername",
            user,
            "LDAPPassword",
            password));
  }

  private static String withoutId(String xml) {
    return xml.replaceAll("<RequestId>[^<]*</RequestId>", "");
  }

  private static String element(String xml, String name) {
    return new Answer(200, Headers.NONE, xml.getBytes(UTF_8), true).element(name);
  }

  private static String post(Map<String, String> parameters)
      throws IOException, InterruptedException {
    StringBuilder form = new StringBuilder();
    parameters.forEach(
        (name, value) ->
            form.append(name).append('=').append(URLEncoder.encode(value, UTF_8)).append('&'));
    return send(
        HttpRequest.newBuilder(server.endpoint().resolve("/"))
            .header("content-type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form.toString()))
            .build());
  }

  private static String get(String path) throws IOException, InterruptedException {
    URI uri = server.endpoint().resolve(path);
    return send(HttpRequest.newBuilder(uri).build());
  }

  private static String send(HttpRequest request) throws IOException, InterruptedException {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .build()
        .send(request, HttpResponse.BodyHandlers.ofString())
        .body();
  }
}
