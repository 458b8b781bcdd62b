package dev.lakebed.iam;

import dev.lakebed.auth.Authenticated;
import dev.lakebed.auth.Authenticated.SignedScope;
import dev.lakebed.auth.Principal;
import dev.lakebed.iam.session.SessionTokens;
import dev.lakebed.storage.metadata.iam.LastUses.LastUse;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Says of a verified request which key and which principal used which service. */
public final class KeyUse {
  private static final int MOST_REGION = 64;
  private static final String USUAL_REGION = "us-east-1";

  private KeyUse() {}

  /** One use for a long-term key and one for the user or role; none when nobody signed. */
  public static List<LastUse> of(Authenticated authenticated) {
    Instant at = authenticated.request().receivedAt();
    Stream<String> ids =
        Stream.of(
                authenticated.accessKeyId().filter(id -> !SessionTokens.isTemporary(id)),
                principalId(authenticated.principal()))
            .flatMap(Optional::stream);
    return authenticated
        .scope()
        .map(scope -> ids.map(id -> use(id, scope, at)).toList())
        .orElse(List.of());
  }

  private static LastUse use(String id, SignedScope scope, Instant at) {
    String region = isRegion(scope.region()) ? scope.region() : USUAL_REGION;
    return new LastUse(id, scope.service(), region, at);
  }

  /** Clients may write anything; not everything fits into the database. */
  private static boolean isRegion(String text) {
    return !text.isEmpty()
        && text.length() <= MOST_REGION
        && text.chars().allMatch(c -> c == '-' || (c < 0x80 && Character.isLetterOrDigit(c)));
  }

  private static Optional<String> principalId(Principal principal) {
    return switch (principal) {
      case Principal.User user -> Optional.of(user.userId());
      case Principal.RoleSession session -> Optional.of(session.roleId());
      case Principal.UserSession session -> Optional.of(session.userId());
      case Principal.FederatedUser federated -> Optional.empty();
      case Principal.RootSession root -> Optional.empty();
      case Principal.AccountRoot root -> Optional.empty();
      case Principal.Anonymous nobody -> Optional.empty();
    };
  }
}
