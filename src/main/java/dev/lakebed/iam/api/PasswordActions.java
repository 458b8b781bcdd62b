package dev.lakebed.iam.api;

import dev.lakebed.iam.api.parameter.Limits;
import dev.lakebed.iam.api.parameter.Parameter;
import dev.lakebed.iam.api.parameter.ParameterLimits.TrueOrFalse;
import dev.lakebed.iam.api.parameter.PasswordRules;
import dev.lakebed.iam.store.PasswordHash;
import dev.lakebed.operation.query.QueryError;
import dev.lakebed.operation.query.QueryError.QueryException;
import dev.lakebed.operation.query.QueryXml;
import dev.lakebed.storage.metadata.iam.Entity;
import dev.lakebed.storage.metadata.iam.Logins.Login;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;

/** Passwords of users for the console. Hashes are made before the change is locked. */
final class PasswordActions {
  private PasswordActions() {}

  static void addTo(ActionTable table) {
    table.answer(
        "CreateLoginProfile",
        ActionTarget.USER,
        PasswordActions::create,
        "UserName Password PasswordResetRequired");
    table.answer("GetLoginProfile", ActionTarget.USER, PasswordActions::get, "UserName");
    table.answer(
        "UpdateLoginProfile",
        ActionTarget.USER,
        PasswordActions::update,
        "UserName* Password PasswordResetRequired");
    table.change("DeleteLoginProfile", ActionTarget.USER, PasswordActions::delete, "UserName");
    table.answer(
        "ChangePassword", ActionTarget.SELF, PasswordActions::change, "OldPassword* NewPassword*");
  }

  private static String hash(IamRequest x, String password) {
    x.read(inventory -> PasswordPolicyActions.rules(inventory).orElse(PasswordRules.USUAL))
        .check(password);
    return PasswordHash.of(password);
  }

  private static QueryXml.Content create(IamRequest x) {
    IamRequest.Named name = x.user();
    String hash = hash(x, x.require(Parameter.PASSWORD));
    boolean reset = Limits.RESET.find(x.query()).orElse(false);
    Login login =
        x.write(
            inventory -> {
              Entity user = Inventory.changeable(inventory.require(name));
              NewEntity.refuse(
                  inventory.stored().logins().find(user.id()).isPresent(),
                  QueryError.ENTITY_ALREADY_EXISTS,
                  "Login Profile for user %s already exists.".formatted(name.name()));
              return put(inventory, new Login(user.id(), hash, reset, x.now(), x.now()));
            });
    return xml -> xml.element("LoginProfile", p -> write(p, name.name(), login));
  }

  private static void write(QueryXml xml, String name, Login login) throws XMLStreamException {
    xml.text("UserName", name)
        .text("CreateDate", EntityXml.time(login.created()))
        .text("PasswordResetRequired", String.valueOf(login.resetRequired()));
  }

  private static Login login(Inventory inventory, IamRequest.Named name) {
    Entity user = inventory.require(name);
    return inventory
        .stored()
        .logins()
        .find(user.id())
        .orElseThrow(
            () ->
                new QueryException(
                    QueryError.NO_SUCH_ENTITY,
                    "Login Profile for User %s cannot be found.".formatted(name.name())));
  }

  private static QueryXml.Content get(IamRequest x) {
    IamRequest.Named name = x.user();
    Login login = x.read(inventory -> login(inventory, name));
    return xml -> xml.element("LoginProfile", p -> write(p, name.name(), login));
  }

  private static Login put(Inventory inventory, Login login) {
    inventory.stored().logins().put(login);
    return login;
  }

  private static QueryXml.Content update(IamRequest x) {
    IamRequest.Named name = x.user();
    Optional<String> hash = x.find(Parameter.PASSWORD).map(password -> hash(x, password));
    x.write(
        inventory -> {
          Login old = login(inventory, name);
          return put(
              inventory,
              new Login(
                  old.userId(),
                  hash.orElse(old.hash()),
                  Limits.RESET.find(x.query()).orElse(old.resetRequired()),
                  old.created(),
                  hash.isPresent() ? x.now() : old.changed()));
        });
    return xml -> {};
  }

  private static void delete(Inventory inventory, IamRequest x) {
    Login login = login(inventory, x.user());
    inventory.stored().logins().remove(login.userId());
  }

  /** A password changed by somebody else in between stays as it is. */
  private static QueryXml.Content change(IamRequest x) {
    IamRequest.Named name = x.self();
    String oldPassword = x.require(Parameter.OLD_PASSWORD);
    String newPassword = x.require(Parameter.NEW_PASSWORD);
    Login old = x.read(inventory -> login(inventory, name));
    refuse(!PasswordHash.matches(oldPassword, old.hash()));
    String hash = hash(x, newPassword);
    x.write(
        inventory -> {
          Login now = login(inventory, name);
          refuse(!now.hash().equals(old.hash()));
          return put(inventory, new Login(now.userId(), hash, false, now.created(), x.now()));
        });
    return xml -> {};
  }

  private static void refuse(boolean wrong) {
    NewEntity.refuse(wrong, QueryError.ACCESS_DENIED, "The old password was incorrect.");
  }

  /** The rules for passwords of the account. Passwords do not expire and are not remembered. */
  static final class PasswordPolicyActions {
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
      inventory
          .stored()
          .accounts()
          .passwordPolicy(x.account(), PasswordRules.read(x.query()).json());
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
  }
}
