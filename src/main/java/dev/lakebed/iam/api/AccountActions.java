package dev.lakebed.iam.api;

import dev.lakebed.operation.query.QueryError;
import dev.lakebed.operation.query.QueryXml;
import dev.lakebed.storage.metadata.iam.Kind;
import java.util.Map;
import java.util.Optional;

/** Alias and summary of the account. */
final class AccountActions {

  private AccountActions() {}

  static void addTo(ActionTable table) {
    table.change("CreateAccountAlias", Aim.ACCOUNT, AccountActions::create, "AccountAlias*");
    table.change("DeleteAccountAlias", Aim.ACCOUNT, AccountActions::delete, "AccountAlias*");
    table.list("ListAccountAliases", Aim.ACCOUNT, AccountActions::list);
    table.answer("GetAccountSummary", Aim.ACCOUNT, AccountActions::summary);
    table.list(
        "GetAccountAuthorizationDetails", Aim.ACCOUNT, AuthorizationDetails::answer, "Filter");
  }

  /** An account has one alias; another takes its place. */
  private static void create(Inventory inventory, Exchange x) {
    String alias = x.require(Parameter.ALIAS);
    boolean own = inventory.stored().accounts().alias(x.account()).equals(Optional.of(alias));
    NewEntity.refuse(
        !own && inventory.stored().accounts().aliasTaken(alias),
        QueryError.ENTITY_ALREADY_EXISTS,
        "The account alias %s already exists.".formatted(alias));
    inventory.stored().accounts().alias(x.account(), alias);
  }

  private static void delete(Inventory inventory, Exchange x) {
    String alias = x.require(Parameter.ALIAS);
    NewEntity.refuse(
        !inventory.stored().accounts().alias(x.account()).equals(Optional.of(alias)),
        QueryError.NO_SUCH_ENTITY,
        "The account alias %s cannot be found.".formatted(alias));
    inventory.stored().accounts().alias(x.account(), "");
  }

  private static QueryXml.Content list(Exchange x) {
    Optional<String> alias = x.read(inventory -> inventory.stored().accounts().alias(x.account()));
    return Paging.of(x.query()).texts("AccountAliases", alias.stream().toList());
  }

  private static QueryXml.Content summary(Exchange x) {
    Map<String, Long> summary = x.read(AccountSummary::of);
    return xml ->
        xml.element(
            "SummaryMap",
            map -> {
              for (Map.Entry<String, Long> entry : summary.entrySet()) {
                map.element(
                    "entry",
                    e ->
                        e.text("key", entry.getKey())
                            .text("value", String.valueOf(entry.getValue())));
              }
            });
  }

  /** Configured and stored entities of a kind. */
  static long count(Inventory inventory, Kind kind) {
    return inventory.configured().all(kind).count()
        + inventory.stored().entities().count(inventory.account(), kind);
  }
}
