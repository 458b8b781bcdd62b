package dev.lakebed.auth.sigv4;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.lakebed.auth.AuthenticationException;
import dev.lakebed.auth.CredentialLookup;
import dev.lakebed.auth.CredentialLookup.Credential;
import dev.lakebed.auth.Principal;
import dev.lakebed.http.Headers;
import dev.lakebed.http.QueryParameters;
import dev.lakebed.http.RawTarget;
import dev.lakebed.http.Request;
import dev.lakebed.http.Request.Connection;
import dev.lakebed.http.RequestBody;
import dev.lakebed.policy.Question.Grants;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalLong;

/** Requests, credentials and clocks for tests of signatures. */
final class TestRequests {
  static final String KEY = "AKIDEXAMPLE0000000AA";
  static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
  static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  static final Principal USER = new Principal.AccountRoot("000000000000", Grants.NONE);

  private TestRequests() {}

  static Clock at(String instant) {
    return Clock.fixed(Instant.parse(instant), ZoneOffset.UTC);
  }

  static CredentialLookup knows(String key, String secret) {
    return (id, token) -> {
      if (!id.equals(key)) {
        throw new AuthenticationException(
            AuthenticationException.Reason.UNKNOWN_ACCESS_KEY, "no such key");
      }
      return new Credential(key, secret, USER);
    };
  }

  static CredentialLookup knowsSession(String key, String secret, String token) {
    return (id, sent) -> {
      if (sent.isEmpty()) {
        throw new AuthenticationException(
            AuthenticationException.Reason.MISSING_SESSION_TOKEN, "no token");
      }
      if (!id.equals(key) || !sent.equals(Optional.of(token))) {
        throw new AuthenticationException(
            AuthenticationException.Reason.INVALID_SESSION_TOKEN, "wrong token");
      }
      return new Credential(key, secret, USER);
    };
  }

  static Authenticator authenticator() {
    return authenticator(SignatureSettings.DEFAULT);
  }

  static Authenticator authenticator(SignatureSettings settings) {
    return new Authenticator(knows(KEY, SECRET), at(NOW.toString()), settings);
  }

  static Request request(String method, String target, Headers headers, byte[] body) {
    RawTarget raw = RawTarget.parse(target);
    return new Request(
        "0123456789ABCDEF",
        method,
        raw,
        QueryParameters.parse(raw.query()),
        headers,
        new Connection("192.0.2.7", false, 8333),
        NOW,
        new RawBody(body));
  }

  static Headers headers(String... namesAndValues) {
    Headers.Builder headers = Headers.builder();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      headers.add(namesAndValues[i], namesAndValues[i + 1]);
    }
    return headers.build();
  }

  static Request with(Request request, String name, String value) {
    return edited(request, request.method(), target(request), name, value, true);
  }

  static Request plus(Request request, String name, String value) {
    return edited(request, request.method(), target(request), name, value, false);
  }

  static Request without(Request request, String name) {
    Headers.Builder headers = Headers.builder();
    for (Headers.Header field : request.headers().all()) {
      if (!field.name().equals(name)) {
        headers.add(field.name(), field.value());
      }
    }
    return request(request.method(), target(request), headers.build(), bytes(request));
  }

  static Request retargeted(Request request, String target) {
    return request(request.method(), target, request.headers(), bytes(request));
  }

  static Request withMethod(Request request, String method) {
    return request(method, target(request), request.headers(), bytes(request));
  }

  static Request withBytes(Request request, byte[] body) {
    return request.withBody(new RawBody(body));
  }

  static String target(Request request) {
    String query = request.target().query();
    return query.isEmpty() ? request.target().path() : request.target().path() + "?" + query;
  }

  static byte[] bytes(Request request) {
    return ((RawBody) request.body()).bytes();
  }

  private static Request edited(
      Request request, String method, String target, String name, String value, boolean replace) {
    Headers.Builder headers = Headers.builder();
    for (Headers.Header field : request.headers().all()) {
      if (!replace || !field.name().equals(name)) {
        headers.add(field.name(), field.value());
      }
    }
    return request(method, target, headers.add(name, value).build(), bytes(request));
  }

  static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }

  static String authorization(String key, String scope, String signedHeaders, String signature) {
    return "AWS4-HMAC-SHA256 Credential=%s/%s, SignedHeaders=%s, Signature=%s"
        .formatted(key, scope, signedHeaders, signature);
  }

  /** Bytes as a container gives them: read once, never more than asked for. */
  @SuppressWarnings("ArrayRecordComponent")
  record RawBody(byte[] bytes) implements RequestBody {
    @Override
    public OptionalLong length() {
      return OptionalLong.of(bytes.length);
    }

    @Override
    public InputStream open() {
      return new ByteArrayInputStream(bytes);
    }
  }
}
