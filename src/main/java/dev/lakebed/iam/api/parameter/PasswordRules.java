package dev.lakebed.iam.api.parameter;

import dev.lakebed.iam.api.parameter.ParameterLimits.TrueOrFalse;
import dev.lakebed.iam.api.parameter.ParameterLimits.WholeNumber;
import dev.lakebed.operation.query.QueryError;
import dev.lakebed.operation.query.QueryError.QueryException;
import dev.lakebed.operation.query.QueryRequest;
import dev.lakebed.operation.query.QueryXml;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.util.function.IntPredicate;
import javax.xml.stream.XMLStreamException;

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

  static final WholeNumber LENGTH = new WholeNumber("MinimumPasswordLength", 6, 128);

  private static final String SYMBOLS = "!@#$%^&*()_+-=[]{}|'";

  /** The rules that a request sets; what it leaves out is not demanded. */
  public static PasswordRules read(QueryRequest query) {
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

  /** Reads what {@link #json} wrote. */
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

  /** Refuses a password that breaks a rule. */
  public void check(String password) {
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

  /** The inside of the answer about them. */
  public void write(QueryXml xml) throws XMLStreamException {
    xml.text("MinimumPasswordLength", String.valueOf(length))
        .text("RequireSymbols", String.valueOf(symbols))
        .text("RequireNumbers", String.valueOf(numbers))
        .text("RequireUppercaseCharacters", String.valueOf(upper))
        .text("RequireLowercaseCharacters", String.valueOf(lower))
        .text("AllowUsersToChangePassword", String.valueOf(usersMayChange))
        .text("ExpirePasswords", "false");
  }
}
