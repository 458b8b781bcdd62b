package dev.lakebed.attack;

import dev.lakebed.auth.Principal.SessionFacts;
import dev.lakebed.iam.session.SessionGrant.RoleGrant;
import dev.lakebed.iam.session.SessionKey;
import dev.lakebed.iam.session.SessionKey.KeyRing;
import dev.lakebed.iam.session.SessionTokens;
import dev.lakebed.kit.Keys;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Sessions shorter than STS gives any, sealed with the signing key of {@code attack.json}. */
final class ShortSession {
  private static final String SIGNING_KEY = "YXR0YWNrLXNpZ25pbmcta2V5LWZvci10ZXN0cy1vbmx5ISE=";

  private ShortSession() {}

  /**
   * A session of the role as the owner gets it from STS, apart from its end.
   *
   * @param roleId unique id of the role
   */
  static Keys endingAt(Instant end, String roleId) {
    SessionKey key = SessionKey.of(Base64.getDecoder().decode(SIGNING_KEY));
    SessionTokens tokens = new SessionTokens(() -> new KeyRing(key, List.of()));
    SessionTokens.Issued issued =
        tokens.issue(
            new RoleGrant(
                "arn:aws:iam::000000000000:role/Vended",
                roleId,
                SessionFacts.of(
                    "attack",
                    end.minus(Duration.ofMinutes(15)),
                    end,
                    List.of(Users.OWNER.access())),
                Optional.empty()));
    return new Keys(issued.accessKeyId(), issued.secret(), Optional.of(issued.token()));
  }
}
