package dev.lakebed.iam;

import dev.lakebed.auth.Authenticated;
import dev.lakebed.auth.Principal;
import dev.lakebed.iam.session.SessionTokens;
import dev.lakebed.metadata.iam.LastUse;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads off a verified request which key and which principal used which service. */
public final class KeyUse {
  /** The credential scope behind the key id and the date. */
  private static final Pattern SCOPE =
      Pattern.compile("Credential=[^/,]+/\\d{8}/([\\w-]{1,64})/([\\w-]{1,32})/aws4_request");

  private static final int MOST_HEADER = 1024;

  private KeyUse() {}

  /** One use for a long-term key and one for the user or role; none when nobody signed. */
  public static List<LastUse> of(Authenticated authenticated) {
    List<String> ids =
        Stream.concat(
                authenticated.accessKeyId().stream().filter(id -> !SessionTokens.isTemporary(id)),
                principalId(authenticated.principal()).stream())
            .toList();
    if (ids.isEmpty()) {
      return List.of();
    }
    Scope scope = scope(authenticated);
    return ids.stream().map(id -> scope.use(id, authenticated)).toList();
  }

  private record Scope(String region, String service) {
    LastUse use(String id, Authenticated authenticated) {
      return new LastUse(id, service, region, authenticated.request().receivedAt());
    }
  }

  private static Scope scope(Authenticated authenticated) {
    String text =
        authenticated
            .request()
            .headers()
            .first("authorization")
            .or(
                () ->
                    authenticated
                        .request()
                        .query()
                        .first("X-Amz-Credential")
                        .map(credential -> "Credential=" + credential))
            .orElse("");
    Matcher matcher = SCOPE.matcher(text.length() > MOST_HEADER ? "" : text);
    return matcher.find()
        ? new Scope(matcher.group(1), matcher.group(2))
        : new Scope("us-east-1", "s3");
  }

  private static Optional<String> principalId(Principal principal) {
    return switch (principal) {
      case Principal.User user -> Optional.of(user.userId());
      case Principal.Session session when session.roleSession() ->
          Optional.of(session.userId().split(":", 2)[0]);
      case Principal.Session session -> session.userName().map(name -> session.userId());
      case Principal.AccountRoot root -> Optional.empty();
      case Principal.Anonymous nobody -> Optional.empty();
    };
  }
}
