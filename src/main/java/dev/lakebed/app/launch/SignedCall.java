package dev.lakebed.app.launch;

import dev.lakebed.app.launch.PayaraLauncher.CannotStartException;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * A POST of the Query protocol, signed with SigV4 (<a
 * href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html">AWS,
 * Create a signed request</a>).
 */
record SignedCall(Keys keys, URI endpoint, String service) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String REGION = "us-east-1";
  private static final String FORM = "application/x-www-form-urlencoded";

  /** Keys to sign with; the session token is empty for none. */
  record Keys(String id, String secret, String token) {
    static Keys of(Map<String, String> environment) {
      String id = environment.getOrDefault("AWS_ACCESS_KEY_ID", "");
      String secret = environment.getOrDefault("AWS_SECRET_ACCESS_KEY", "");
      if (id.isEmpty() || secret.isEmpty()) {
        throw new CannotStartException(
            Main.UNUSABLE_CONFIGURATION, "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY");
      }
      return new Keys(id, secret, environment.getOrDefault("AWS_SESSION_TOKEN", ""));
    }

    @Override
    public String toString() {
      return "Keys[" + id + "]";
    }
  }

  QueryAnswer post(Map<String, String> parameters) throws IOException, InterruptedException {
    String body =
        parameters.entrySet().stream()
            .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
            .collect(Collectors.joining("&"));
    String time = TIME.format(Instant.now());
    Map<String, String> headers = new TreeMap<>();
    headers.put("content-type", FORM);
    headers.put("host", endpoint.getAuthority());
    headers.put("x-amz-date", time);
    if (!keys.token().isEmpty()) {
      headers.put("x-amz-security-token", keys.token());
    }
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint.resolve("/"))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .timeout(PATIENCE);
    try {
      request.header("authorization", authorization(headers, body, time));
    } catch (GeneralSecurityException everyPlatformHasIt) {
      throw new IllegalStateException(everyPlatformHasIt);
    }
    headers.remove("host");
    headers.forEach(request::header);
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      HttpResponse<String> answer =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return QueryAnswer.of(answer.statusCode(), answer.body());
    }
  }

  private String authorization(Map<String, String> headers, String body, String time)
      throws GeneralSecurityException {
    String names = String.join(";", headers.keySet());
    String canonical =
        headers.entrySet().stream()
            .map(header -> header.getKey() + ":" + header.getValue() + "\n")
            .collect(Collectors.joining("", "POST\n/\n\n", "\n" + names + "\n" + sha256(body)));
    String day = time.substring(0, 8);
    String scope = day + "/" + REGION + "/" + service + "/aws4_request";
    byte[] key = ("AWS4" + keys.secret()).getBytes(StandardCharsets.UTF_8);
    for (String part : new String[] {day, REGION, service, "aws4_request"}) {
      key = hmac(key, part);
    }
    byte[] signature =
        hmac(key, "AWS4-HMAC-SHA256\n" + time + "\n" + scope + "\n" + sha256(canonical));
    return "AWS4-HMAC-SHA256 Credential=%s/%s, SignedHeaders=%s, Signature=%s"
        .formatted(keys.id(), scope, names, HexFormat.of().formatHex(signature));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String sha256(String text) throws GeneralSecurityException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
  }

  /** An answer of the Query protocol: text of the elements that hold nothing else, by name. */
  record QueryAnswer(int status, Map<String, String> elements) {
    /** Reads an answer; whoever does not speak the protocol has said nothing. */
    static QueryAnswer of(int status, String body) {
      Map<String, String> elements = new HashMap<>();
      XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
      factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
      factory.setProperty(XMLInputFactory.IS_COALESCING, true);
      try {
        XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(body));
        String text = "";
        while (reader.hasNext()) {
          switch (reader.next()) {
            case XMLStreamReader.CHARACTERS -> text = reader.getText();
            case XMLStreamReader.END_ELEMENT -> elements.putIfAbsent(reader.getLocalName(), text);
            default -> text = "";
          }
        }
      } catch (XMLStreamException notXml) {
        return new QueryAnswer(status, Map.of());
      }
      return new QueryAnswer(status, Map.copyOf(elements));
    }

    boolean isGood() {
      return status == 200 && elements.containsKey("RequestId");
    }

    Optional<String> text(String element) {
      return Optional.ofNullable(elements.get(element));
    }
  }
}
