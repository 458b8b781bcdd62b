package dev.lakebed.clients;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** What the tests ask of Keycloak: tokens of its token endpoint, another key by its admin API. */
final class KeycloakRealm {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final URI root;

  KeycloakRealm(URI root) {
    this.root = root;
  }

  /** An access token that a user got through a client, with its password. */
  String token(String client, String user) throws IOException, InterruptedException {
    return token("lake", client, user, user + "-password");
  }

  /** A token of the realm {@code master}. */
  String adminToken() throws IOException, InterruptedException {
    return token("master", "admin-cli", KeycloakProcess.ADMIN, KeycloakProcess.PASSWORD);
  }

  private String token(String realm, String client, String user, String password)
      throws IOException, InterruptedException {
    String form =
        Map.of(
                "grant_type", "password",
                "client_id", client,
                "username", user,
                "password", password)
            .entrySet()
            .stream()
            .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    HttpRequest request =
        HttpRequest.newBuilder(root.resolve("/realms/" + realm + "/protocol/openid-connect/token"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form))
            .build();
    return send(request).asJsonObject().getString("access_token");
  }

  /** Makes another RSA key that signs from now on, and takes the old ones out of use. */
  void rotateKey() throws IOException, InterruptedException {
    String admin = adminToken();
    JsonStructure old = send(admin(admin, "?type=org.keycloak.keys.KeyProvider").GET().build());
    send(admin(admin, "").POST(BodyPublishers.ofString(provider("200", "true"))).build());
    for (JsonValue component : old.asJsonArray()) {
      JsonObject key = component.asJsonObject();
      if (key.getString("providerId").equals("rsa-generated")) {
        JsonObject disabled =
            Json.createObjectBuilder(key)
                .add("config", Json.createReader(new StringReader(config("100", "false"))).read())
                .build();
        send(
            admin(admin, "/" + key.getString("id"))
                .PUT(BodyPublishers.ofString(disabled.toString()))
                .build());
      }
    }
  }

  private static String provider(String priority, String enabled) {
    return """
    {"name":"next","providerId":"rsa-generated","providerType":"org.keycloak.keys.KeyProvider",
     "config":%s}
    """
        .formatted(config(priority, enabled));
  }

  private static String config(String priority, String enabled) {
    return "{\"priority\":[\"%s\"],\"enabled\":[\"%s\"],\"active\":[\"%s\"]}"
        .formatted(priority, enabled, enabled);
  }

  private HttpRequest.Builder admin(String token, String rest) {
    return HttpRequest.newBuilder(root.resolve("/admin/realms/lake/components" + rest))
        .header("Authorization", "Bearer " + token)
        .header("Content-Type", "application/json");
  }

  private static JsonStructure send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> answer = HTTP.send(request, BodyHandlers.ofString());
    if (answer.statusCode() / 100 != 2) {
      throw new IOException(request.uri() + " " + answer.statusCode() + " " + answer.body());
    }
    return answer.body().isEmpty()
        ? JsonValue.EMPTY_JSON_OBJECT
        : Json.createReader(new StringReader(answer.body())).read();
  }
}
