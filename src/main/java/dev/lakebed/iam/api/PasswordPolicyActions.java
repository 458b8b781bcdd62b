package dev.lakebed.iam.api;

import dev.lakebed.operation.query.QueryError;
import dev.lakebed.operation.query.QueryException;
import dev.lakebed.operation.query.QueryXml;
import java.util.Optional;

/** The rules for passwords of the account. Passwords do not expire and are not remembered. */
final class PasswordPolicyActions {
  private PasswordPolicyActions() {}

  static void addTo(ActionTable table) {
    table.change(
        "UpdateAccountPasswordPolicy",
        Aim.ACCOUNT,
        PasswordPolicyActions::update,
        "MinimumPasswordLength",
        "RequireSymbols",
        "RequireNumbers",
        "RequireUppercaseCharacters",
        "RequireLowercaseCharacters",
        "AllowUsersToChangePassword",
        "MaxPasswordAge",
        "PasswordReusePrevention",
        "HardExpiry");
    table.answer("GetAccountPasswordPolicy", Aim.ACCOUNT, PasswordPolicyActions::get);
    table.change("DeleteAccountPasswordPolicy", Aim.ACCOUNT, PasswordPolicyActions::delete);
  }

  static Optional<PasswordRules> rules(Inventory inventory) {
    return inventory
        .stored()
        .accounts()
        .passwordPolicy(inventory.account())
        .map(PasswordRules::parse);
  }

  private static void update(Inventory inventory, Exchange x) {
    for (String unbuilt : new String[] {"MaxPasswordAge", "PasswordReusePrevention"}) {
      if (x.query().text(unbuilt).isPresent()) {
        throw new QueryException(
            QueryError.NOT_IMPLEMENTED, unbuilt + " is not implemented: passwords do not expire");
      }
    }
    if (new Flag("HardExpiry").find(x.query()).orElse(false)) {
      throw new QueryException(
          QueryError.NOT_IMPLEMENTED, "HardExpiry is not implemented: passwords do not expire");
    }
    inventory.stored().accounts().passwordPolicy(x.account(), PasswordRules.read(x.query()).json());
  }

  private static QueryXml.Content get(Exchange x) {
    PasswordRules rules =
        x.read(PasswordPolicyActions::rules).orElseThrow(() -> missing(x.account()));
    return xml -> xml.element("PasswordPolicy", rules::write);
  }

  private static void delete(Inventory inventory, Exchange x) {
    if (rules(inventory).isEmpty()) {
      throw missing(x.account());
    }
    inventory.stored().accounts().passwordPolicy(x.account(), "");
  }

  private static QueryException missing(String account) {
    return new QueryException(
        QueryError.NO_SUCH_ENTITY,
        "The Password Policy with domain name %s cannot be found.".formatted(account));
  }
}
