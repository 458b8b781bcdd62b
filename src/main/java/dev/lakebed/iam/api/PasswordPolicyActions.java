package dev.lakebed.iam.api;

import dev.lakebed.iam.api.ParameterLimits.TrueOrFalse;
import dev.lakebed.iam.api.ParameterLimits.WholeNumber;
import dev.lakebed.operation.query.QueryError;
import dev.lakebed.operation.query.QueryError.QueryException;
import dev.lakebed.operation.query.QueryRequest;
import dev.lakebed.operation.query.QueryXml;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.util.Optional;
import java.util.function.IntPredicate;
import javax.xml.stream.XMLStreamException;

/** The rules for passwords of the account. Passwords do not expire and are not remembered. */
final class PasswordPolicyActions {
  private PasswordPolicyActions() {}

  static void addTo(ActionTable table) {
    table.change(
        "UpdateAccountPasswordPolicy",
        ActionTarget.ACCOUNT,
        PasswordPolicyActions::update,
        "MinimumPasswordLength RequireSymbols RequireNumbers RequireUppercaseCharacters"
            + " RequireLowercaseCharacters AllowUsersToChangePassword MaxPasswordAge"
            + " PasswordReusePrevention HardExpiry");
    table.answer("GetAccountPasswordPolicy", ActionTarget.ACCOUNT, PasswordPolicyActions::get);
    table.change(
        "DeleteAccountPasswordPolicy", ActionTarget.ACCOUNT, PasswordPolicyActions::delete, "");
  }

  static Optional<PasswordRules> rules(Inventory inventory) {
    return inventory
        .stored()
        .accounts()
        .passwordPolicy(inventory.account())
        .map(PasswordRules::parse);
  }

  private static void update(Inventory inventory, IamRequest x) {
    for (String unbuilt : new String[] {"MaxPasswordAge", "PasswordReusePrevention"}) {
      if (x.query().text(unbuilt).isPresent()) {
        throw new QueryException(
            QueryError.NOT_IMPLEMENTED, unbuilt + " is not implemented: passwords do not expire");
      }
    }
    if (new TrueOrFalse("HardExpiry").find(x.query()).orElse(false)) {
      throw new QueryException(
          QueryError.NOT_IMPLEMENTED, "HardExpiry is not implemented: passwords do not expire");
    }
    inventory.stored().accounts().passwordPolicy(x.account(), PasswordRules.read(x.query()).json());
  }

  private static QueryXml.Content get(IamRequest x) {
    PasswordRules rules =
        x.read(PasswordPolicyActions::rules).orElseThrow(() -> missing(x.account()));
    return xml -> xml.element("PasswordPolicy", rules::write);
  }

  private static void delete(Inventory inventory, IamRequest x) {
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

  /** What passwords of an account must be like. */
  record PasswordRules(
      int length,
      boolean symbols,
      boolean numbers,
      boolean upper,
      boolean lower,
      boolean usersMayChange) {
    /** Of an account without a password policy. */
    static final PasswordRules USUAL = new PasswordRules(8, false, false, false, false, false);

    static final WholeNumber LENGTH = new WholeNumber("MinimumPasswordLength", 6, 128);

    private static final String SYMBOLS = "!@#$%^&*()_+-=[]{}|'";

    static PasswordRules read(QueryRequest query) {
      return new PasswordRules(
          LENGTH.find(query).orElse(LENGTH.least()),
          flag(query, "RequireSymbols"),
          flag(query, "RequireNumbers"),
          flag(query, "RequireUppercaseCharacters"),
          flag(query, "RequireLowercaseCharacters"),
          flag(query, "AllowUsersToChangePassword"));
    }

    private static boolean flag(QueryRequest query, String name) {
      return new TrueOrFalse(name).find(query).orElse(false);
    }

    static PasswordRules parse(String json) {
      try (JsonReader reader = Json.createReader(new StringReader(json))) {
        JsonObject object = reader.readObject();
        return new PasswordRules(
            object.getInt("length"),
            object.getBoolean("symbols"),
            object.getBoolean("numbers"),
            object.getBoolean("upper"),
            object.getBoolean("lower"),
            object.getBoolean("usersMayChange"));
      }
    }

    String json() {
      return Json.createObjectBuilder()
          .add("length", length)
          .add("symbols", symbols)
          .add("numbers", numbers)
          .add("upper", upper)
          .add("lower", lower)
          .add("usersMayChange", usersMayChange)
          .build()
          .toString();
    }

    /** Refuses a password that breaks a rule. */
    void check(String password) {
      boolean good =
          password.length() >= length
              && has(password, symbols, c -> SYMBOLS.indexOf(c) >= 0)
              && has(password, numbers, c -> c >= '0' && c <= '9')
              && has(password, upper, c -> c >= 'A' && c <= 'Z')
              && has(password, lower, c -> c >= 'a' && c <= 'z');
      if (!good) {
        throw new QueryException(
            QueryError.PASSWORD_POLICY_VIOLATION,
            "Password does not conform to the account password policy.");
      }
    }

    private static boolean has(String password, boolean needed, IntPredicate kind) {
      return !needed || password.chars().anyMatch(kind);
    }

    void write(QueryXml xml) throws XMLStreamException {
      xml.text("MinimumPasswordLength", String.valueOf(length))
          .text("RequireSymbols", String.valueOf(symbols))
          .text("RequireNumbers", String.valueOf(numbers))
          .text("RequireUppercaseCharacters", String.valueOf(upper))
          .text("RequireLowercaseCharacters", String.valueOf(lower))
          .text("AllowUsersToChangePassword", String.valueOf(usersMayChange))
          .text("ExpirePasswords", "false");
    }
  }
}
