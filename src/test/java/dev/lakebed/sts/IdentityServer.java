package dev.lakebed.sts;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.factories.DefaultJWSSignerFactory;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** An OpenID Connect provider on loopback: discovery document, keys, and tokens signed by them. */
final class IdentityServer implements AutoCloseable {
  private final HttpServer http;
  private final AtomicInteger keyRequests = new AtomicInteger();
  private final Map<String, String> pages = new ConcurrentHashMap<>();
  private volatile JWK key = rsa("first");

  IdentityServer() {
    try {
      http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    http.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          if (path.endsWith("/jwks")) {
            keyRequests.incrementAndGet();
          }
          String page = pages.get(path);
          if (page == null) {
            exchange.sendResponseHeaders(404, -1);
          } else if (page.startsWith("-> ")) {
            exchange.getResponseHeaders().set("location", page.substring(3));
            exchange.sendResponseHeaders(302, -1);
          } else {
            byte[] bytes = page.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
          }
          exchange.close();
        });
    http.start();
    discover(issuer() + "/jwks");
    publish(key);
  }

  static JWK rsa(String kid) {
    return made(() -> new RSAKeyGenerator(2048).keyID(kid).generate());
  }

  static JWK ec(Curve curve, String kid) {
    return made(() -> new ECKeyGenerator(curve).keyID(kid).generate());
  }

  interface Making<T> {
    T make() throws JOSEException;
  }

  static <T> T made(Making<T> making) {
    try {
      return making.make();
    } catch (JOSEException failed) {
      throw new IllegalStateException(failed);
    }
  }

  String issuer() {
    return "http://127.0.0.1:" + http.getAddress().getPort() + "/realms/lake";
  }

  int port() {
    return http.getAddress().getPort();
  }

  /** The document of its keys. */
  String keys() {
    return new JWKSet(List.of(key)).toPublicJWKSet().toString(true);
  }

  /** As ARNs and condition keys name it. */
  String name() {
    return issuer().substring("http://".length());
  }

  String arn() {
    return "arn:aws:iam::000000000000:oidc-provider/" + name();
  }

  void discover(String keysAt) {
    page(
        "/.well-known/openid-configuration",
        "{\"issuer\":\"%s\",\"jwks_uri\":\"%s\"}".formatted(issuer(), keysAt));
  }

  /** A page below the issuer; {@code -> URL} redirects. */
  void page(String path, String content) {
    pages.put("/realms/lake" + path, content);
  }

  void publish(JWK... keys) {
    page("/jwks", new JWKSet(List.of(keys)).toPublicJWKSet().toString(true));
  }

  /** From now on another key signs, and only it is published. */
  void rotate(JWK next) {
    key = next;
    publish(next);
  }

  int keyRequests() {
    return keyRequests.get();
  }

  /** Claims of a good token for the client {@code lakebed}. */
  JWTClaimsSet.Builder claims(Instant now) {
    return new JWTClaimsSet.Builder()
        .issuer(issuer())
        .subject("alice")
        .audience("lakebed")
        .issueTime(Date.from(now))
        .expirationTime(Date.from(now.plusSeconds(300)));
  }

  String token(JWTClaimsSet claims) {
    return token(claims, JWSAlgorithm.RS256, key);
  }

  static String token(JWTClaimsSet claims, JWSAlgorithm algorithm, JWK key) {
    return made(
        () -> {
          SignedJWT token =
              new SignedJWT(new JWSHeader.Builder(algorithm).keyID(key.getKeyID()).build(), claims);
          token.sign(new DefaultJWSSignerFactory().createJWSSigner(key, algorithm));
          return token.serialize();
        });
  }

  @Override
  public void close() {
    http.stop(0);
  }
}
