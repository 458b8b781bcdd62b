package dev.lakebed.iam.api;

import dev.lakebed.iam.api.parameter.IamParameter;
import dev.lakebed.iam.api.parameter.PasswordRules;
import dev.lakebed.iam.store.PasswordHash;
import dev.lakebed.operation.query.Parameter;
import dev.lakebed.operation.query.ParameterLimits;
import dev.lakebed.operation.query.ParameterLimits.TrueOrFalse;
import dev.lakebed.operation.query.ParameterLimits.WholeNumber;
import dev.lakebed.operation.query.QueryError;
import dev.lakebed.operation.query.QueryError.QueryException;
import dev.lakebed.operation.query.QueryXml;
import dev.lakebed.storage.metadata.iam.Accounts;
import dev.lakebed.storage.metadata.iam.Entity;
import dev.lakebed.storage.metadata.iam.Logins.Login;
import java.util.Optional;

/** Passwords of users for the console. Hashes are made before the change is locked. */
final class PasswordActions {
  private static final Parameter PASSWORD = password("Password");
  private static final Parameter OLD_PASSWORD = password("OldPassword");
  private static final Parameter NEW_PASSWORD = password("NewPassword");
  private static final TrueOrFalse RESET = new TrueOrFalse("PasswordResetRequired");

  private PasswordActions() {}

  private static Parameter password(String name) {
    return Parameter.of(name, 1, 128, "[\\t\\n\\r -\\xFF]+");
  }

  static void addTo(ActionTable table) {
    Parameter user = IamParameter.USER_NAME;
    table.answer(
        "CreateLoginProfile", ActionTarget.USER, PasswordActions::create, user, PASSWORD, RESET);
    table.answer("GetLoginProfile", ActionTarget.USER, PasswordActions::get, user);
    ParameterLimits named = user.required();
    table.answer(
        "UpdateLoginProfile", ActionTarget.USER, PasswordActions::update, named, PASSWORD, RESET);
    table.change("DeleteLoginProfile", ActionTarget.USER, PasswordActions::delete, user);
    table.answer(
        "ChangePassword",
        ActionTarget.SELF,
        PasswordActions::change,
        OLD_PASSWORD.required(),
        NEW_PASSWORD.required());
  }

  private static String hash(IamRequest x, String password) {
    x.read(inventory -> PasswordPolicyActions.rules(inventory).orElse(PasswordRules.USUAL))
        .check(password);
    return PasswordHash.of(password);
  }

  private static QueryXml.Content create(IamRequest x) {
    IamRequest.Named name = x.user();
    String hash = hash(x, x.require(PASSWORD));
    boolean reset = RESET.isTrue(x.query());
    return x.write(
        inventory -> {
          Entity user = Inventory.changeable(inventory.require(name));
          NewEntity.refuse(
              inventory.stored().logins().find(user.id()).isPresent(),
              QueryError.ENTITY_ALREADY_EXISTS,
              "Login Profile for user %s already exists.".formatted(name.name()));
          Login login = new Login(user.id(), hash, reset, x.now(), x.now());
          inventory.stored().logins().put(login);
          return content(name.name(), login);
        });
  }

  private static QueryXml.Content content(String name, Login login) {
    return xml ->
        xml.element(
            "LoginProfile",
            profile ->
                profile
                    .text("UserName", name)
                    .text("CreateDate", EntityXml.time(login.created()))
                    .text("PasswordResetRequired", String.valueOf(login.resetRequired())));
  }

  private static Login login(Inventory inventory, IamRequest.Named name) {
    Optional<Login> login = inventory.stored().logins().find(inventory.require(name).id());
    return login.orElseThrow(
        () ->
            QueryError.NO_SUCH_ENTITY.because(
                "Login Profile for User %s cannot be found.".formatted(name.name())));
  }

  private static QueryXml.Content get(IamRequest x) {
    IamRequest.Named name = x.user();
    return content(name.name(), x.read(inventory -> login(inventory, name)));
  }

  private static QueryXml.Content update(IamRequest x) {
    IamRequest.Named name = x.user();
    Optional<String> hash = x.find(PASSWORD).map(password -> hash(x, password));
    return x.write(
        inventory -> {
          Login old = login(inventory, name);
          Login changed =
              new Login(
                  old.userId(),
                  hash.orElse(old.hash()),
                  x.find(RESET).orElse(old.resetRequired()),
                  old.created(),
                  hash.isPresent() ? x.now() : old.changed());
          inventory.stored().logins().put(changed);
          return xml -> {};
        });
  }

  private static void delete(Inventory inventory, IamRequest x) {
    Login login = login(inventory, x.user());
    inventory.stored().logins().remove(login.userId());
  }

  /** A password changed by somebody else in between stays as it is. */
  private static QueryXml.Content change(IamRequest x) {
    IamRequest.Named name = x.self();
    String oldPassword = x.require(OLD_PASSWORD);
    String newPassword = x.require(NEW_PASSWORD);
    Login old = x.read(inventory -> login(inventory, name));
    refuse(!PasswordHash.matches(oldPassword, old.hash()));
    String hash = hash(x, newPassword);
    return x.write(
        inventory -> {
          Login now = login(inventory, name);
          refuse(!now.hash().equals(old.hash()));
          Login changed = new Login(now.userId(), hash, false, now.created(), x.now());
          inventory.stored().logins().put(changed);
          return xml -> {};
        });
  }

  private static void refuse(boolean wrong) {
    NewEntity.refuse(wrong, QueryError.ACCESS_DENIED, "The old password was incorrect.");
  }

  /** The rules for passwords of the account. Passwords do not expire and are not remembered. */
  static final class PasswordPolicyActions {
    private static final WholeNumber MAX_AGE = new WholeNumber("MaxPasswordAge", 1, 1095);
    private static final WholeNumber REUSE = new WholeNumber("PasswordReusePrevention", 1, 24);
    private static final TrueOrFalse HARD_EXPIRY = new TrueOrFalse("HardExpiry");

    private PasswordPolicyActions() {}

    static void addTo(ActionTable table) {
      table.change(
          "UpdateAccountPasswordPolicy",
          ActionTarget.ACCOUNT,
          PasswordPolicyActions::update,
          PasswordRules.LENGTH,
          PasswordRules.SYMBOLS,
          PasswordRules.NUMBERS,
          PasswordRules.UPPER,
          PasswordRules.LOWER,
          PasswordRules.MAY_CHANGE,
          MAX_AGE,
          REUSE,
          HARD_EXPIRY);
      table.answer("GetAccountPasswordPolicy", ActionTarget.ACCOUNT, PasswordPolicyActions::get);
      table.change(
          "DeleteAccountPasswordPolicy", ActionTarget.ACCOUNT, PasswordPolicyActions::delete);
    }

    static Optional<PasswordRules> rules(Inventory inventory) {
      Accounts accounts = inventory.stored().accounts();
      return accounts.passwordPolicy(inventory.account()).map(PasswordRules::parse);
    }

    private static void update(Inventory inventory, IamRequest x) {
      refuseUnbuilt(MAX_AGE, x.find(MAX_AGE).isPresent());
      refuseUnbuilt(REUSE, x.find(REUSE).isPresent());
      refuseUnbuilt(HARD_EXPIRY, HARD_EXPIRY.isTrue(x.query()));
      String rules = PasswordRules.read(x.query()).json();
      inventory.stored().accounts().passwordPolicy(x.account(), rules);
    }

    private static void refuseUnbuilt(ParameterLimits unbuilt, boolean asked) {
      String message = unbuilt.name() + " is not implemented: passwords do not expire";
      NewEntity.refuse(asked, QueryError.NOT_IMPLEMENTED, message);
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
      return QueryError.NO_SUCH_ENTITY.because(
          "The Password Policy with domain name %s cannot be found.".formatted(account));
    }
  }
}
