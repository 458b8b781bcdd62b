package dev.lakebed.iam.api.parameter;

import dev.lakebed.operation.query.ParameterLimits.TrueOrFalse;
import dev.lakebed.operation.query.ParameterLimits.WholeNumber;
import dev.lakebed.operation.query.QueryError;
import dev.lakebed.operation.query.QueryRequest;
import dev.lakebed.operation.query.QueryXml;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.util.function.IntPredicate;

/** What passwords of an account must be like. */
public record PasswordRules(
    int length,
    boolean symbols,
    boolean numbers,
    boolean upper,
    boolean lower,
    boolean usersMayChange) {
  /** Of an account without a password policy. */
  public static final PasswordRules USUAL = new PasswordRules(8, false, false, false, false, false);

  public static final WholeNumber LENGTH = new WholeNumber("MinimumPasswordLength", 6, 128);
  public static final TrueOrFalse SYMBOLS = new TrueOrFalse("RequireSymbols");
  public static final TrueOrFalse NUMBERS = new TrueOrFalse("RequireNumbers");
  public static final TrueOrFalse UPPER = new TrueOrFalse("RequireUppercaseCharacters");
  public static final TrueOrFalse LOWER = new TrueOrFalse("RequireLowercaseCharacters");
  public static final TrueOrFalse MAY_CHANGE = new TrueOrFalse("AllowUsersToChangePassword");

  /** The rules that a request sets; what it leaves out is not demanded. */
  public static PasswordRules read(QueryRequest query) {
    return new PasswordRules(
        LENGTH.find(query).orElse(LENGTH.least()),
        SYMBOLS.isTrue(query),
        NUMBERS.isTrue(query),
        UPPER.isTrue(query),
        LOWER.isTrue(query),
        MAY_CHANGE.isTrue(query));
  }

  public static PasswordRules parse(String json) {
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

  /** As the database keeps them. */
  public String json() {
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

  public void check(String password) {
    boolean good =
        password.length() >= length
            && has(password, symbols, c -> "!@#$%^&*()_+-=[]{}|'".indexOf(c) >= 0)
            && has(password, numbers, c -> c >= '0' && c <= '9')
            && has(password, upper, c -> c >= 'A' && c <= 'Z')
            && has(password, lower, c -> c >= 'a' && c <= 'z');
    if (!good) {
      throw QueryError.PASSWORD_POLICY_VIOLATION.because(
          "Password does not conform to the account password policy.");
    }
  }

  private static boolean has(String password, boolean needed, IntPredicate kind) {
    return !needed || password.chars().anyMatch(kind);
  }

  /** The inside of the answer about them. */
  public void write(QueryXml xml) {
    xml.text(LENGTH.name(), String.valueOf(length))
        .text(SYMBOLS.name(), String.valueOf(symbols))
        .text(NUMBERS.name(), String.valueOf(numbers))
        .text(UPPER.name(), String.valueOf(upper))
        .text(LOWER.name(), String.valueOf(lower))
        .text(MAY_CHANGE.name(), String.valueOf(usersMayChange))
        .text("ExpirePasswords", "false");
  }
}
