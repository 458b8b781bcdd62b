package dev.lakebed.iam.store;

import dev.lakebed.iam.model.IamSnapshot;
import dev.lakebed.iam.model.UniqueId;
import dev.lakebed.policy.Policy.MalformedPolicyException;
import dev.lakebed.policy.PrincipalText;
import dev.lakebed.storage.metadata.iam.Entity.EntityArn;
import dev.lakebed.storage.metadata.iam.Entity.Kind;
import dev.lakebed.storage.metadata.iam.IamStore;
import java.lang.System.Logger.Level;
import java.util.regex.Matcher;

/**
 * Binds the policies of versions that stored principals by ARN, once for a database. Who does not
 * exist gets the id that a user or role of the configuration would have under that ARN: nobody who
 * is made by the IAM API can ever have it.
 */
public final class BindingUpgrade {
  private static final System.Logger LOG = System.getLogger(BindingUpgrade.class.getName());

  private BindingUpgrade() {}

  public static void run(IamSnapshot configured, IamStore store) {
    if (store.read(stored -> stored.documents().areBound())) {
      return;
    }
    store.write(
        stored -> {
          boolean first = !stored.documents().areBound();
          if (first) {
            BoundPrincipals principals = new BoundPrincipals(configured, stored);
            stored.documents().bindAll(document -> bind(document, principals));
          }
          return first;
        });
  }

  private static String bind(String document, BoundPrincipals principals) {
    try {
      return PrincipalText.replace(
          document,
          (type, principal) ->
              type.equals("AWS")
                  ? principals.find(type, principal).orElseGet(() -> absent(principal))
                  : principal);
    } catch (MalformedPolicyException unusable) {
      LOG.log(Level.ERROR, "a stored policy cannot be read and is left as it is", unusable);
      return document;
    }
  }

  private static String absent(String principal) {
    LOG.log(
        Level.WARNING,
        "a stored policy names {0}, which does not exist; the policy no longer means anybody by it",
        principal);
    Matcher session = BoundPrincipals.SESSION.matcher(principal);
    if (session.matches()) {
      String role = Kind.ROLE.arn(session.group(1), "/", session.group(2));
      return UniqueId.ofArn(Kind.ROLE.prefix(), role) + ":" + session.group(3);
    }
    return EntityArn.parse(principal)
        .map(arn -> UniqueId.ofArn(arn.kind().prefix(), principal))
        .orElse(principal);
  }
}
