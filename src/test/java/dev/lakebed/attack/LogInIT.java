package dev.lakebed.attack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakebed.http.Headers.Header;
import dev.lakebed.kit.Answer;
import dev.lakebed.kit.Message;
import dev.lakebed.kit.Signing;
import dev.lakebed.support.Evidence;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Log-in without a signature, and what a browser could be made to send. The providers' own tests
 * are in the package sts.
 */
class LogInIT {
  @RegisterExtension private final Attack attack = new Attack();
  private final Users users = new Users(attack);

  private Answer webIdentity(String path, String token) throws IOException {
    Message message =
        users.form(
            path,
            "2011-06-15",
            "AssumeRoleWithWebIdentity",
            "RoleArn",
            "arn:aws:iam::000000000000:role/Vended",
            "RoleSessionName",
            "attack",
            "WebIdentityToken",
            token);
    return attack.send(sized(message));
  }

  private static Message sized(Message message) {
    return message.header("Content-Length", Integer.toString(message.body().length));
  }

  private static String token(String header, String claims) {
    return base64(header) + "." + base64(claims) + ".c2lnbmF0dXJl";
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
  }

  /** RustFS GHSA-5qfg, jxrr, m479; MinIO operator GHSA-7m6v: the token chose where to ask. */
  @ParameterizedTest
  @ValueSource(strings = {"/", "/sts", "/sts/"})
  @Evidence("attack-27")
  void a_token_leads_the_server_nowhere(String path) throws IOException {
    try (ServerSocket outside = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
      outside.setSoTimeout(1);
      String url = "http://127.0.0.1:" + outside.getLocalPort();
      String claims = "{\"iss\":\"%s\",\"aud\":\"lakebed\",\"sub\":\"a\",\"exp\":9999999999}";
      String header = "{\"alg\":\"RS256\",\"kid\":\"1\",\"jku\":\"%s\",\"x5u\":\"%s\"}";
      Set<String> answers = new LinkedHashSet<>();
      for (String issuer : new String[] {url, "http://169.254.169.254/", "file:///etc/passwd"}) {
        String token = token(header.formatted(url, url), claims.formatted(issuer));
        Answer reply = webIdentity(path, token);
        attack.refused(reply, 400, "InvalidIdentityToken");
        answers.add(reply.element("Message"));
        attack.refused(
            webIdentity(path, token("{\"alg\":\"none\"}", claims.formatted(issuer))),
            400,
            "InvalidIdentityToken");
      }
      assertThat(answers).as("one text for all").hasSize(1);
      // Who had connected would wait in the queue of the socket.
      assertThatThrownBy(outside::accept).isInstanceOf(SocketTimeoutException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/sts"})
  @Evidence("attack-27")
  void an_unsigned_request_has_no_other_operation(String path) throws IOException {
    for (String action : new String[] {"GetSessionToken", "GetCallerIdentity"}) {
      attack.refused(
          attack.send(sized(users.form(path, "2011-06-15", action))),
          403,
          "MissingAuthenticationToken");
    }
    attack.refused(
        attack.send(
            sized(users.form(path, "2011-06-15", "AssumeRole", "RoleSessionName", "attack"))),
        403,
        "MissingAuthenticationToken");
  }

  @Test
  @Evidence("attack-28")
  void a_password_is_asked_of_no_provider_that_is_not_there() throws IOException {
    Set<String> answers = new LinkedHashSet<>();
    for (String user : new String[] {"owner", "nobody", "*", "owner)(uid=*"}) {
      Message message =
          users.form(
              "/sts",
              "2011-06-15",
              "AssumeRoleWithLDAPIdentity",
              "LDAPUsername",
              user,
              "LDAPPassword",
              "guess-of-a-password",
              "RoleArn",
              "arn:aws:iam::000000000000:role/Vended",
              "RoleSessionName",
              "attack");
      Answer reply = attack.send(sized(message));
      answers.add(reply.status() + reply.code() + reply.element("Message"));
      attack.refused(reply, 400, "ValidationError");
    }
    assertThat(answers).hasSize(1);
    assertThat(attack.target().process().output()).doesNotContain("guess-of-a-password");
  }

  /** There is no console: no cookie, no page, no password that a browser would send by itself. */
  @ParameterizedTest
  @CsvSource({
    "GET,/login,404,NoSuchBucket",
    "GET,/console,404,NoSuchBucket",
    "GET,/ui/index.html,400,InvalidBucketName",
    "GET,/oauth2/callback?code=x&state=y,404,NoSuchBucket",
    "GET,/attacked/k,403,AccessDenied",
    "PUT,/attacked/row78,403,AccessDenied",
    "DELETE,/attacked/row78,403,AccessDenied"
  })
  @Evidence("attack-78")
  void a_browser_has_no_session_to_ride_on(String method, String path, int status, String code)
      throws IOException {
    Message message =
        attack
            .message(method, path)
            .header("Origin", "https://evil.example")
            .header("Referer", "https://evil.example/")
            .header("Cookie", "JSESSIONID=1; session=admin")
            .header("Content-Length", "0");
    Answer reply = attack.send(message);
    attack.refused(reply, status, code);
    assertThat(reply.header("set-cookie")).isEmpty();
    assertThat(reply.header("location")).isEmpty();
    assertThat(reply.header("access-control-allow-origin")).isEmpty();
    attack.nothingAt("row78");
  }

  @Test
  @Evidence("attack-78")
  void a_password_in_a_header_is_no_signature() throws IOException {
    String pair = Users.OWNER.access() + ":" + Users.OWNER.secret();
    String basic = Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
    attack.target().keepSecret(basic);
    Answer reply =
        attack.send(attack.message("GET", "/attacked").header("Authorization", "Basic " + basic));
    attack.refused(reply, 400, "InvalidArgument");
    assertThat(reply.header("www-authenticate")).isEmpty();
    assertThat(reply.text()).doesNotContain("<ListBucketResult", basic);
  }

  /** What a page of another origin could make a browser send, with all it would add by itself. */
  private static Message fromBrowser(Message message) {
    return message
        .header("Origin", "https://evil.example")
        .header("Referer", "https://evil.example/")
        .header("Cookie", "JSESSIONID=1; session=admin");
  }

  /** Without CORS rules no other origin may read an answer, and no answer leaves a cookie. */
  @Test
  @Evidence({"attack-78", "catalog-L5"})
  void no_answer_sets_a_cookie_or_is_shared_with_another_origin() throws IOException {
    attack.store("/attacked/row78-read", "x");
    String path = "/attacked/row78-read";
    Map<String, Message> requests = new LinkedHashMap<>();
    requests.put("GET", attack.signed(attack.message("GET", path)));
    requests.put("HEAD", attack.signed(attack.message("HEAD", path)));
    requests.put("presigned", Signing.s3(Users.OWNER).presign(attack.message("GET", path), "60"));
    requests.put("PUT", attack.signed(attack.put("/attacked/row78-written", "x")));
    requests.put("list", attack.signed(attack.message("GET", "/attacked?list-type=2")));
    requests.put(
        "STS",
        Signing.of(Users.OWNER, "sts").sign(users.form("/", "2011-06-15", "GetCallerIdentity")));
    requests.put(
        "session",
        Signing.of(Users.OWNER, "sts").sign(users.form("/", "2011-06-15", "GetSessionToken")));
    requests.put(
        "IAM", Signing.of(Users.OWNER, "iam").sign(users.form("/", "2010-05-08", "ListUsers")));
    requests.put(
        "S3 Tables", Signing.of(Users.OWNER, "s3tables").sign(attack.message("GET", "/buckets")));
    for (String page : List.of("/-/health/live", "/-/health/ready", "/-/metrics", "/status")) {
      requests.put(page, attack.message("GET", page));
    }
    for (Map.Entry<String, Message> request : requests.entrySet()) {
      Answer reply = attack.send(fromBrowser(request.getValue()));
      assertThat(reply.status()).as(request.getKey()).isEqualTo(200);
      assertThat(shared(reply)).as(request.getKey()).isEmpty();
      if (request.getKey().equals("session")) {
        attack.target().keepSecret(reply.element("SecretAccessKey"));
        attack.target().keepSecret(reply.element("SessionToken"));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/attacked/k", "/attacked", "/none/k"})
  @Evidence("attack-78")
  void a_preflight_allows_nothing(String path) throws IOException {
    for (String method : new String[] {"GET", "PUT", "DELETE"}) {
      Message preflight =
          fromBrowser(attack.message("OPTIONS", path))
              .header("Access-Control-Request-Method", method)
              .header("Access-Control-Request-Headers", "authorization,x-amz-date");
      Answer reply = attack.send(preflight);
      attack.refused(reply, 403, "AccessForbidden");
      assertThat(shared(reply)).isEmpty();
    }
  }

  /** Names of the headers that a browser would keep or let a page of another origin read by. */
  private static List<String> shared(Answer reply) {
    return reply.headers().all().stream()
        .map(Header::name)
        .filter(name -> name.equals("set-cookie") || name.startsWith("access-control-"))
        .toList();
  }

  /** The forms that a browser sends to another origin without asking it. */
  @ParameterizedTest
  @CsvSource({
    "/,text/plain,405,MethodNotAllowed",
    "/,multipart/form-data; boundary=b,405,MethodNotAllowed",
    "/,application/x-www-form-urlencoded,400,InvalidAction",
    "/sts,application/x-www-form-urlencoded,400,InvalidAction",
    "/attacked,text/plain,405,MethodNotAllowed",
    "/attacked,multipart/form-data; boundary=b,403,AccessDenied",
    "/attacked/row78,text/plain,405,MethodNotAllowed",
    "/attacked/row78?uploads,text/plain,403,AccessDenied",
    "/attacked?delete,text/plain,403,AccessDenied",
    "/buckets,text/plain,405,MethodNotAllowed"
  })
  @Evidence("attack-78")
  void a_form_of_another_site_does_nothing(String path, String type, int status, String code)
      throws IOException {
    attack.store("/attacked/row78-kept", "x");
    byte[] body = body(type).getBytes(UTF_8);
    Message form =
        fromBrowser(attack.message("POST", path))
            .header("Content-Type", type)
            .header("Content-Length", Integer.toString(body.length))
            .body(body);
    Answer reply = attack.send(form);
    attack.refused(reply, status, code);
    assertThat(shared(reply)).isEmpty();
    attack.nothingAt("row78");
    assertThat(attack.get("/attacked/row78-kept").text()).isEqualTo("x");
    assertThat(attack.get("/attacked?uploads&prefix=row78").text()).doesNotContain("<UploadId>");
    attack.refused(users.iam(Users.OWNER, "GetUser", "UserName", "row78"), 404, "NoSuchEntity");
  }

  /** The same wish in the form of each content type. */
  private static String body(String type) {
    if (type.startsWith("multipart")) {
      return "--b\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\nrow78\r\n"
          + "--b\r\nContent-Disposition: form-data; name=\"Action\"\r\n\r\nCreateUser\r\n"
          + "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n\r\n"
          + "x\r\n--b--\r\n";
    }
    return type.equals("text/plain")
        ? "<Delete><Object><Key>row78-kept</Key></Object></Delete>"
        : "Action=CreateUser&Version=2010-05-08&UserName=row78";
  }
}
